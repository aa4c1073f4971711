package io.staithe.core.assignment;

import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.TaskId;

/**
 * One place to send a target group's requests: a port of a task's container, as it is reached from an edge host.
 *
 * @param draining gets no new request; in-flight ones go on until they end or the deregistration delay passes
 */
public record Target(
        TaskId task,
        String targetGroup,
        String containerName,
        int containerPort,
        String address,
        int port,
        boolean draining) {
    /** The same as {@link TargetHealth#target()} of what is reported about it. */
    public String id() {
        return TargetHealth.targetId(task, targetGroup, containerName, containerPort);
    }
}
