package io.staithe.server.state;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that another thread brings about. */
public final class Until {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(5);

    private Until() {}

    public static void until(String what, BooleanSupplier holds) {
        until(what, PATIENCE, holds);
    }

    public static void until(String what, Duration patience, BooleanSupplier holds) {
        long end = System.nanoTime() + patience.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end) fail("not within " + patience + ": " + what);
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }
}
