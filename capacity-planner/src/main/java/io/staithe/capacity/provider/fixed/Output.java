package io.staithe.capacity.provider.fixed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Reads what a program writes to the end, so that it never waits for us, and keeps the beginning. */
final class Output extends Thread {
    private final InputStream from;
    private final int maxBytes;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();

    private Output(InputStream from, int maxBytes) {
        super("output of a command");
        this.from = from;
        this.maxBytes = maxBytes;
        setDaemon(true);
    }

    static Output of(InputStream from, int maxBytes) {
        Output output = new Output(from, maxBytes);
        output.start();
        return output;
    }

    @Override
    public void run() {
        byte[] buffer = new byte[8192];
        try (from) {
            for (int read = from.read(buffer); read >= 0; read = from.read(buffer)) keep(buffer, read);
        } catch (IOException closed) {
            // The program has ended; what it wrote until then is kept.
        }
    }

    private synchronized void keep(byte[] bytes, int count) {
        kept.write(bytes, 0, Math.min(count, maxBytes - kept.size()));
    }

    /** What has come, after the end or after this time: a program that was left behind may hold the stream open for ever. */
    String text(Duration atMost) {
        try {
            join(atMost.toMillis());
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            return kept.toString(StandardCharsets.UTF_8);
        }
    }
}
