package io.staithe.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One client that asks a port again and again, and writes down every answer that is no whole 200. */
final class Load implements AutoCloseable {
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
    private static final int LEAST = 5;
    private static final Duration LAST_ANSWER = Duration.ofSeconds(10);

    private final int port;
    private final List<String> failures = new ArrayList<>();
    private final Thread client = new Thread(this::ask, "load");
    private volatile boolean over;
    private int answers;

    private Load(int port) {
        this.port = port;
        client.setDaemon(true);
    }

    static Load on(int port) {
        Load load = new Load(port);
        load.client.start();
        return load;
    }

    /** While {@code act} does what it does, and settles, not one request may fail. */
    static void withoutLoss(int port, Runnable act) {
        try (Load load = on(port)) {
            act.run();
            load.end();
            assertTrue(load.answers >= LEAST, "only " + load.answers + " requests were answered");
            assertTrue(
                    load.failures.isEmpty(),
                    () -> load.failures.size() + " failed, " + load.answers + " did not: " + load.failures);
        }
    }

    private void ask() {
        while (!over) {
            Instant began = Instant.now();
            try {
                Http.get(port);
                answers++;
            } catch (IOException e) {
                failures.add(began + " to " + Instant.now() + ": " + e);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private void end() {
        over = true;
        try {
            client.join(LAST_ANSWER.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertTrue(!client.isAlive(), "the last request was not answered");
    }

    @Override
    public void close() {
        over = true;
    }
}
