package io.staithe.core.model;

import org.jspecify.annotations.Nullable;

/** What one edge host says of one target: a task's container port within a target group. */
public record TargetHealth(
        InstanceId edge,
        TaskId task,
        String targetGroup,
        String containerName,
        int containerPort,
        State state,
        @Nullable String description)
        implements Entity {
    /** ELB's target health states, as far as they occur here. */
    public enum State {
        /** Added; its checks have not decided yet. */
        INITIAL,
        HEALTHY,
        UNHEALTHY,
        /** Gets no new request; in-flight ones go on. */
        DRAINING,
        /** Drained: no request is left. It may stop. */
        UNUSED
    }

    /** {@code TASK/TARGETGROUP/CONTAINER:PORT}: which target this is about, on whichever edge. */
    public String target() {
        return targetId(task, targetGroup, containerName, containerPort);
    }

    public static String targetId(TaskId task, String targetGroup, String containerName, int containerPort) {
        return task.value() + "/" + targetGroup + "/" + containerName + ":" + containerPort;
    }

    @Override
    public Key key() {
        return new Key(Kind.TARGET_HEALTH, target() + "/" + edge.value());
    }
}
