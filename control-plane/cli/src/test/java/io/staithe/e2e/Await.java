package io.staithe.e2e;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions, with a deadline; the message of a late one says what was seen last. */
final class Await {
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private Await() {}

    static void until(String what, Duration within, BooleanSupplier condition) {
        until(what, within, () -> condition.getAsBoolean() ? "" : "not so");
    }

    /** @param missing what is not yet so; empty when all is */
    static void until(String what, Duration within, Supplier<String> missing) {
        long deadline = System.nanoTime() + within.toNanos();
        for (String last = missing.get(); !last.isEmpty(); last = missing.get()) {
            if (System.nanoTime() - deadline >= 0)
                throw new AssertionError("no " + what + " within " + within.toSeconds() + " s: " + last);
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
