package io.staithe.loadbalancer;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When to try the same thing again. An action that is planned again has not had its effect, whatever its outcome was; so
 * each try makes the next one wait longer, and a time without a try forgets them.
 */
record Backoff(int tries, Instant notBefore) {
    static final Duration FIRST = Duration.ofMillis(100);
    static final Duration MOST = Duration.ofSeconds(10);

    private static final int DOUBLINGS = 7;

    /** The state after one more try at {@code now}. */
    static Backoff after(@Nullable Backoff before, Instant now) {
        int tries = before == null || before.forgotten(now) ? 1 : Math.min(before.tries + 1, DOUBLINGS + 1);
        Duration pause = FIRST.multipliedBy(1L << (tries - 1));
        return new Backoff(tries, now.plus(pause.compareTo(MOST) > 0 ? MOST : pause));
    }

    boolean forgotten(Instant now) {
        return now.isAfter(notBefore.plus(MOST));
    }
}
