package io.staithe.loadbalancer;

import io.staithe.core.assignment.Target;
import io.staithe.core.model.Check;
import io.staithe.core.model.TaskId;

/** Which server of a proxy: a target's identity within its target group, the same in every run. */
public record ServerName(String targetGroup, TaskId task, String containerName, int containerPort)
        implements Comparable<ServerName> {
    /** @throws io.staithe.core.model.Invalid when a part is no name */
    public ServerName {
        Check.name(targetGroup, "targetGroup");
        Check.name(containerName, "containerName");
        Check.range(containerPort, 0, 65535, "containerPort");
    }

    public static ServerName of(Target target) {
        return new ServerName(target.targetGroup(), target.task(), target.containerName(), target.containerPort());
    }

    @Override
    public int compareTo(ServerName other) {
        int order = targetGroup.compareTo(other.targetGroup);
        if (order == 0) order = task.compareTo(other.task);
        if (order == 0) order = containerName.compareTo(other.containerName);
        return order != 0 ? order : Integer.compare(containerPort, other.containerPort);
    }
}
