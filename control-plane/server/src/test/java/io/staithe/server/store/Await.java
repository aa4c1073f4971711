package io.staithe.server.store;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what nobody announces. */
final class Await {
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private Await() {}

    /** @return how long it took */
    static Duration until(String what, Duration atMost, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > atMost.toNanos()) throw new AssertionError("waited in vain for " + what);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
