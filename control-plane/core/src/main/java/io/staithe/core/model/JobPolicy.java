package io.staithe.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a job beyond one start.
 *
 * @param waitForCapacitySeconds 1 to 604,800: how long a task may wait for a host; absent: the first task is not made when no
 *     host takes it, and those that follow wait for {@link #DEFAULT_WAIT_SECONDS}
 * @param retries 0 to 10: how many tasks may follow a first one that failed
 * @param maxRunSeconds 1 to 2,592,000: how long one task may run, from the start of its containers; absent: as long as it likes
 */
public record JobPolicy(
        @Nullable Integer waitForCapacitySeconds,
        int retries,
        @Nullable Integer maxRunSeconds) {
    public static final int DEFAULT_WAIT_SECONDS = 3_600;
    public static final int MAX_WAIT_SECONDS = 604_800;
    public static final int MAX_RETRIES = 10;
    public static final int MAX_RUN_SECONDS = 2_592_000;

    public JobPolicy {
        Check.range(waitForCapacitySeconds, 1, MAX_WAIT_SECONDS, "waitForCapacitySeconds");
        Check.range(retries, 0, MAX_RETRIES, "retries");
        Check.range(maxRunSeconds, 1, MAX_RUN_SECONDS, "maxRunSeconds");
    }

    /** Whether the first task is made even if no host takes it now. */
    public boolean waits() {
        return waitForCapacitySeconds != null;
    }

    public int waitAtMostSeconds() {
        return waitForCapacitySeconds == null ? DEFAULT_WAIT_SECONDS : waitForCapacitySeconds;
    }
}
