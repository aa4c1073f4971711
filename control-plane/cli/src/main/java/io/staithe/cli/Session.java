package io.staithe.cli;

import io.staithe.cli.api.Api;
import io.staithe.cli.api.Failure;
import io.staithe.cli.view.Terminal;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One call's client, cluster and terminal. */
public record Session(Api api, String cluster, Terminal terminal, Shell shell) {
    public Instant now() {
        return shell.clock().instant();
    }

    public InputStream in() {
        return shell.in();
    }

    /**
     * Asks again and again until the answer is yes.
     *
     * @param timeout how long to wait; what is being waited for goes on afterwards
     * @param awaited names it in the error
     * @throws Failure when the time has passed
     */
    public void await(Duration timeout, String awaited, BooleanSupplier done) {
        await(timeout, () -> awaited, done);
    }

    /** @param awaited says, when the time has passed, what had not come about */
    public void await(Duration timeout, Supplier<String> awaited, BooleanSupplier done) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!done.getAsBoolean()) {
            if (System.nanoTime() - deadline >= 0)
                throw new Failure("gave up waiting after " + timeout.toSeconds() + " s: " + awaited.get());
            pause();
        }
    }

    private void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(shell.pollInterval().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted");
        }
    }
}
