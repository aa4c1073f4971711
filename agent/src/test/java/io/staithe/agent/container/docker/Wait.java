package io.staithe.agent.container.docker;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Awaits a condition of the real world. */
final class Wait {
    private static final long POLL_MILLIS = 20;

    interface Condition {
        boolean holds() throws Exception;
    }

    private Wait() {}

    static void until(String what, Duration within, Condition condition) throws Exception {
        long end = System.nanoTime() + within.toNanos();
        CountDownLatch never = new CountDownLatch(1);
        while (!condition.holds()) {
            if (System.nanoTime() > end) fail("not within " + within + ": " + what);
            if (never.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) fail("impossible");
        }
    }
}
