package io.staithe.core.metering;

import java.time.Duration;
import java.time.Instant;

/**
 * The seconds that are billed of the time between two moments: whole ones, rounded up, and at least a minute (Fargate; EC2 on
 * Linux). The minute is billed at once, when it begins: so what is billed up to a moment never shrinks, and what is billed in two
 * windows is what is billed in both as one.
 */
public record BilledTime(Instant from, Instant to) {
    public static final long MINIMUM_SECONDS = 60;

    /** Of all of it. */
    public long seconds() {
        return Math.max(MINIMUM_SECONDS, roundedUp(Duration.between(from, to)));
    }

    /** Of what was before {@code until}. */
    public long secondsBefore(Instant until) {
        if (!until.isAfter(from)) return 0;
        return until.isBefore(to) ? new BilledTime(from, until).seconds() : seconds();
    }

    private static long roundedUp(Duration time) {
        return time.getNano() == 0 ? time.getSeconds() : time.getSeconds() + 1;
    }
}
