package io.staithe.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of one fire time of a schedule.
 *
 * @param tasks how many were made, 0 to 10
 * @param reason absent for one that started as usual
 */
public record ScheduleFire(
        Instant at, Outcome outcome, int tasks, @Nullable String reason) {
    /** How a fire time ends. */
    public enum Outcome {
        STARTED,
        /** It came in time, and there was a reason not to start anything. */
        SKIPPED,
        /** Nobody was there in time. */
        MISSED
    }

    public ScheduleFire {
        Check.range(tasks, 0, ScheduleTarget.MAX_COUNT, "tasks");
        Check.optionalText(reason, "reason", 1024);
    }
}
