package io.staithe.core.job;

import io.staithe.core.model.TaskId;
import java.time.Duration;

/** How long a job pauses after its task failed: longer each time, and not in step with other jobs. */
final class RetryPause {
    private static final Duration FIRST = Duration.ofSeconds(10);
    /** Far less than the hour for which stopped tasks are kept: the next one is made from the last. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int STEPS = 1_000;

    private RetryPause() {}

    /**
     * Between half of and the whole of 10 s, 20 s, 40 s, ... up to 10 minutes: the same for the same task, other for others.
     *
     * @param attempt of the task that failed, from 1 on
     */
    static Duration after(TaskId failed, int attempt) {
        Duration most = FIRST.multipliedBy(1L << Math.min(attempt - 1, 10));
        if (most.compareTo(LONGEST) > 0) most = LONGEST;
        int drawn = Integer.parseUnsignedInt(failed.value().substring(0, 7), 16) % STEPS;
        return most.dividedBy(2).plus(most.multipliedBy(drawn).dividedBy(2L * STEPS));
    }
}
