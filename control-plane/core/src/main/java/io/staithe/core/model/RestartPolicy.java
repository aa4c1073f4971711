package io.staithe.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Restarts a container in place, inside a task that goes on. At most one restart in each attempt period. */
public record RestartPolicy(
        boolean enabled,
        List<Integer> ignoredExitCodes,
        @Nullable Integer restartAttemptPeriod) {
    public RestartPolicy {
        ignoredExitCodes = Check.list(ignoredExitCodes);
        Check.atMost(ignoredExitCodes, 50, "ignoredExitCodes");
        Check.range(restartAttemptPeriod, 60, 1800, "restartAttemptPeriod");
    }

    public int restartAttemptPeriodSeconds() {
        return restartAttemptPeriod == null ? 300 : restartAttemptPeriod;
    }
}
