package io.staithe.core.model;

/** Where a task is in its life, in ECS's order. A task only ever moves forward. */
public enum LastStatus {
    /** No host yet. */
    PROVISIONING,
    /** A host is chosen; its agent is preparing the containers. */
    PENDING,
    /** Containers run; targets are being added to the load balancer. */
    ACTIVATING,
    RUNNING,
    /** Asked to stop; in-flight requests of its targets are ending. */
    DEACTIVATING,
    /** The agent is stopping the containers. */
    STOPPING,
    STOPPED;

    public boolean isBefore(LastStatus other) {
        return compareTo(other) < 0;
    }
}
