package io.staithe.core.model;

/** How a service's deployments go from one revision to the next. */
public enum DeploymentStrategy {
    /** Task by task, within the minimum and the maximum. */
    ROLLING,
    /** The new revision beside the old one at full size; then all traffic at once. */
    BLUE_GREEN,
    /** As {@link #BLUE_GREEN}, with the traffic moved in equal steps. */
    LINEAR,
    /** As {@link #BLUE_GREEN}, with a small part of the traffic first. */
    CANARY;

    /** Whether it goes through {@link LifecycleStage stages}. */
    public boolean isStaged() {
        return this != ROLLING;
    }
}
