package io.staithe.capacity.provider;

import java.time.Duration;

/** When a call must be over, on the monotonic clock. */
public final class Deadline {
    private final long endNanos;

    private Deadline(long endNanos) {
        this.endNanos = endNanos;
    }

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /**
     * What is left of the time; more than nothing.
     *
     * @throws ProviderException of kind UNKNOWN when it is up
     */
    public Duration left() {
        long nanos = endNanos - System.nanoTime();
        if (nanos <= 0) throw new ProviderException(ProviderException.Kind.UNKNOWN, "no answer in time");
        return Duration.ofNanos(nanos);
    }
}
