package io.staithe.agent.container;

/**
 * When an image is fetched although it is here: ECS's {@code ECS_IMAGE_PULL_BEHAVIOR}. What is referred to by digest
 * never changes, and what was built here is in no registry: neither is fetched again.
 */
public enum PullBehavior {
    /** Ask the registry each time; when that fails, run what is here. */
    DEFAULT,
    /** Ask the registry each time; when that fails, fail. */
    ALWAYS,
    /** Only when it is not here. ECS's {@code once} and {@code prefer-cached} differ only in its image clean-up. */
    PREFER_CACHED
}
