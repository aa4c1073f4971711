package io.staithe.server.state;

import io.staithe.core.state.ClusterState;
import io.staithe.core.store.Event;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A snapshot and every later event, in a bounded queue. Whoever falls too far behind gets {@link Event.Lost}, the last. */
public final class Subscription implements AutoCloseable {
    /** Commits that may wait for their reader. */
    static final int MAX_WAITING = 4096;

    private static final Event.Changed WAKE = new Event.Changed(0, java.util.List.of());

    private final ClusterState snapshot;
    private final Consumer<Subscription> onClose;
    private final BlockingQueue<Event> waiting = new LinkedBlockingQueue<>(MAX_WAITING + 1);
    private boolean over;

    Subscription(ClusterState snapshot, Consumer<Subscription> onClose) {
        this.snapshot = snapshot;
        this.onClose = onClose;
    }

    public ClusterState snapshot() {
        return snapshot;
    }

    /** @return null: none came in that time. An event without updates is a {@link #wake}. */
    public @Nullable Event poll(Duration timeout) throws InterruptedException {
        return waiting.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends the current or the next {@link #poll} with an event that changes nothing. */
    public void wake() {
        waiting.offer(WAKE);
    }

    @Override
    public void close() {
        onClose.accept(this);
    }

    synchronized void deliver(Event.Changed event) {
        if (over) return;
        if (waiting.size() >= MAX_WAITING) lose("too slow: " + MAX_WAITING + " events were waiting");
        else waiting.add(event);
    }

    synchronized void lose(String reason) {
        if (over) return;
        over = true;
        waiting.clear();
        waiting.add(new Event.Lost(reason));
        onClose.accept(this);
    }
}
