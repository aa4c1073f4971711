package io.staithe.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container's own health check, run inside it. Times in seconds; ranges and defaults are ECS's.
 *
 * @param command {@code ["CMD", program, argument...]} or {@code ["CMD-SHELL", line]}
 */
public record HealthCheck(
        List<String> command,
        @Nullable Integer interval,
        @Nullable Integer timeout,
        @Nullable Integer retries,
        @Nullable Integer startPeriod) {
    public HealthCheck {
        command = Check.list(command);
        Check.that(!command.isEmpty(), "command", "is required");
        Check.range(interval, 5, 300, "interval");
        Check.range(timeout, 2, 120, "timeout");
        Check.range(retries, 1, 10, "retries");
        Check.range(startPeriod, 0, 300, "startPeriod");
    }

    public int intervalSeconds() {
        return interval == null ? 30 : interval;
    }

    public int timeoutSeconds() {
        return timeout == null ? 5 : timeout;
    }

    public int retriesOrDefault() {
        return retries == null ? 3 : retries;
    }

    public int startPeriodSeconds() {
        return startPeriod == null ? 0 : startPeriod;
    }
}
