package io.staithe.agent.check;

import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/** When a check has to be over, whatever the other end does: a socket's own timeout starts anew with each byte. */
record Deadline(long atNanos) {
    static Deadline in(int seconds) {
        return new Deadline(System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds));
    }

    /** At least one: sockets take 0 for no timeout. */
    int millisLeft() throws SocketTimeoutException {
        long millis = TimeUnit.NANOSECONDS.toMillis(atNanos - System.nanoTime());
        if (millis <= 0) throw new SocketTimeoutException();
        return Math.toIntExact(millis);
    }
}
