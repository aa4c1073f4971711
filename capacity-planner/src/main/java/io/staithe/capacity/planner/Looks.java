package io.staithe.capacity.planner;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * When hosts that are not worth their price were looked for last, in vain. To look is work, and there is nothing new at each task
 * that ends. A new leader knows nothing of it, and looks at once.
 */
final class Looks {
    private static final Duration APART = Duration.ofSeconds(30);

    private final Map<String, Instant> last = new HashMap<>();

    /** When the next may be; not later than {@code now}: at once. */
    Instant next(String cluster, Instant now) {
        Instant before = last.get(cluster);
        return before == null || before.isAfter(now) ? now : before.plus(APART);
    }

    void inVain(String cluster, Instant now) {
        last.put(cluster, now);
    }
}
