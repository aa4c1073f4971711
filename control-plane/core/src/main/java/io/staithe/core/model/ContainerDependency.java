package io.staithe.core.model;

/** This container starts only when another one has reached a condition. */
public record ContainerDependency(String containerName, Condition condition) {
    /** ECS's four conditions. */
    public enum Condition {
        /** The other container was started. */
        START,
        /** It ran to its end, with any exit code. */
        COMPLETE,
        /** It ran to its end with exit code 0. */
        SUCCESS,
        /** Its health check passes. */
        HEALTHY
    }

    public ContainerDependency {
        Check.text(containerName, "containerName", 255);
        Check.that(condition != null, "condition", "is required: START, COMPLETE, SUCCESS or HEALTHY");
    }
}
