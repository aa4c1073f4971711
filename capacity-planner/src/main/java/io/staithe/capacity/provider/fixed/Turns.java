package io.staithe.capacity.provider.fixed;

import io.staithe.capacity.provider.Deadline;
import io.staithe.core.model.InstanceId;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One call for a host at a time; the others wait for their turn. */
final class Turns {
    private final Set<InstanceId> busy = new HashSet<>();

    /** Runs {@code call} when the host is nobody else's, if that is before the deadline. */
    void take(InstanceId host, Deadline deadline, Runnable call) {
        begin(host, deadline);
        try {
            call.run();
        } finally {
            end(host);
        }
    }

    private synchronized void begin(InstanceId host, Deadline deadline) {
        while (!busy.add(host)) {
            try {
                TimeUnit.MILLISECONDS.timedWait(
                        this, Math.max(1, deadline.left().toMillis()));
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", ending);
            }
        }
    }

    private synchronized void end(InstanceId host) {
        busy.remove(host);
        notifyAll();
    }
}
