package io.staithe.agent;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/** What other threads have to tell the agent's one thread, in order, and bounded. */
final class Inbox {
    private static final int CAPACITY = 4096;

    private final BlockingQueue<Runnable> messages = new ArrayBlockingQueue<>(CAPACITY);

    /** For threads that may wait. */
    void put(Runnable message) {
        try {
            messages.put(message);
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }

    /** For threads that must not wait. @return false when there is no room */
    boolean offer(Runnable message) {
        return messages.offer(message);
    }

    /** Makes {@link #take} return. When there is no room, it is about to. */
    void wake() {
        var unused = messages.offer(Inbox::nothing);
    }

    private static void nothing() {}

    /** Everything that is there, or the first that comes within the time. */
    List<Runnable> take(Duration atMost) throws InterruptedException {
        List<Runnable> taken = new ArrayList<>();
        Runnable first = messages.poll(Math.max(0, atMost.toNanos()), TimeUnit.NANOSECONDS);
        if (first == null) return taken;
        taken.add(first);
        messages.drainTo(taken);
        return taken;
    }
}
