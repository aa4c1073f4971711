package io.staithe.capacity.provider;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps calls from a provider that fails: after each failure in a row it is left alone for twice as long, and then asked once. A
 * provider that does not let us in is left alone for the longest time at once.
 */
final class CircuitBreaker {
    private static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(2);

    private int failures;
    private @Nullable Instant closedUntil;
    private String reason = "";

    /** Whether it may be asked now: without a limit while all is well, and one call at a time after a failure. */
    boolean allows(Instant now, int inFlight) {
        if (closedUntil == null) return true;
        return !now.isBefore(closedUntil) && inFlight == 0;
    }

    void succeeded() {
        failures = 0;
        closedUntil = null;
    }

    void failed(ProviderException.Kind kind, String message, Instant now) {
        failures++;
        reason = message;
        Duration pause = kind == ProviderException.Kind.CREDENTIALS
                ? LONGEST
                : FIRST.multipliedBy(1L << Math.min(failures - 1, 10));
        closedUntil = now.plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
    }

    /** What the provider said last, while it is left alone. */
    Optional<String> reason() {
        return closedUntil == null ? Optional.empty() : Optional.of(reason);
    }

    /** When it may be asked again; empty: now. */
    Optional<Instant> closedUntil() {
        return Optional.ofNullable(closedUntil);
    }
}
