package io.staithe.agent.session;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt: twice as long each time, up to a bound, and never at the same time as others. */
final class Reconnect {
    static final Duration FIRST = Duration.ofMillis(250);
    static final Duration MOST = Duration.ofSeconds(30);
    private static final int MAX_DOUBLINGS = 7;

    private final RandomGenerator random;
    private int attempts;

    Reconnect(RandomGenerator random) {
        this.random = random;
    }

    /** Between half of the time and all of it. */
    Duration next() {
        long doubled = FIRST.toMillis() << Math.min(attempts, MAX_DOUBLINGS);
        long most = Math.min(doubled, MOST.toMillis());
        attempts++;
        return Duration.ofMillis(most / 2 + random.nextLong(most / 2 + 1));
    }

    /** It went well for a while: begin again from the shortest wait. */
    void forget() {
        attempts = 0;
    }
}
