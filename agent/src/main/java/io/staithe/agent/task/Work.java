package io.staithe.agent.task;

import java.time.Duration;
import java.time.Instant;

/** One thing on the host that actions are done to, one at a time: a container, a volume, an image. */
final class Work {
    private boolean busy;
    private boolean uncertain;
    private long settledAt;
    private int attempts;
    private Instant notBefore = Instant.MIN;

    /** Whether an action may be done to it now. Otherwise {@code round} is told when to look again. */
    boolean isReady(Round round) {
        if (busy) return false;
        if (!round.now().isBefore(notBefore)) return true;
        round.wakeAt(notBefore);
        return false;
    }

    boolean isBusy() {
        return busy;
    }

    /** Whether an action on it may or may not have been done, and nobody has looked since. */
    boolean isUncertain() {
        return uncertain;
    }

    /** Whether an observation that began at {@code mark} may show it as it was before its last action. */
    boolean isNewerThan(long mark) {
        return busy || settledAt > mark;
    }

    void looked() {
        uncertain = false;
    }

    void begin() {
        busy = true;
    }

    void succeeded(long mark) {
        settle(mark);
        uncertain = false;
        forgetFailures();
    }

    /** Something else is to be done to it now, which has not failed yet. */
    void forgetFailures() {
        attempts = 0;
        notBefore = Instant.MIN;
    }

    /**
     * Decides on what failed: again later, or not.
     *
     * @return whether to try again; then {@link #isReady} says when
     */
    boolean failed(Outcome.Failure failure, long mark, Instant now) {
        settle(mark);
        boolean again =
                switch (failure.kind()) {
                    case UNAVAILABLE -> true;
                    case TIMEOUT, RETRYABLE, NOT_FOUND -> attempts + 1 < Limits.ATTEMPTS;
                    case PERMANENT -> false;
                };
        uncertain =
                failure.kind() == Outcome.Failure.Kind.UNAVAILABLE || failure.kind() == Outcome.Failure.Kind.TIMEOUT;
        backOff(now);
        return again;
    }

    private void settle(long mark) {
        busy = false;
        settledAt = mark;
    }

    private void backOff(Instant now) {
        Duration delay = Limits.MIN_BACKOFF.multipliedBy(1L << Math.min(attempts, 10));
        notBefore = now.plus(delay.compareTo(Limits.MAX_BACKOFF) < 0 ? delay : Limits.MAX_BACKOFF);
        attempts++;
    }
}
