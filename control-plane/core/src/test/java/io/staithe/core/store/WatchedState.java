package io.staithe.core.store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Key;
import io.staithe.core.state.ClusterState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * A view that folds its events into a state, as every reader of a store does, and lets a test wait for what it expects.
 * It fails on events that repeat, go back, or follow the end.
 */
public final class WatchedState implements AutoCloseable {
    /** How long a test waits for what must come. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);

    private final List<Event> early = new ArrayList<>();
    private final List<Event.Changed> changes = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private final View view;
    private ClusterState state;
    private String lost = "";
    private boolean opened;

    public WatchedState(Store store) {
        view = store.open(this::on);
        synchronized (this) {
            state = view.snapshot();
            opened = true;
            early.forEach(this::fold);
            notifyAll();
        }
    }

    private synchronized void on(Event event) {
        if (opened) fold(event);
        else early.add(event);
        notifyAll();
    }

    private void fold(Event event) {
        if (isLost()) broken.add(event + " after the end");
        if (event instanceof Event.Lost end) lost = end.reason();
        if (!(event instanceof Event.Changed change)) return;
        if (change.revision() <= state.revision()) broken.add(change + " after revision " + state.revision());
        changes.add(change);
        state = state.apply(change);
    }

    public View view() {
        return view;
    }

    public synchronized ClusterState state() {
        assertTrue(broken.isEmpty(), () -> "the view broke its promise: " + broken);
        return state;
    }

    /** Every event but the end, from the first on. */
    public synchronized List<Event.Changed> changes() {
        return List.copyOf(changes);
    }

    public synchronized boolean isLost() {
        return !lost.isEmpty();
    }

    /** Waits until everything up to a commit has arrived. */
    public ClusterState await(long revision) {
        return await("revision " + revision, state -> state.revision() >= revision);
    }

    public ClusterState awaitAbsent(Key key) {
        return await(key + " to be gone", state -> state.get(key).isEmpty());
    }

    public synchronized ClusterState await(String what, Predicate<ClusterState> condition) {
        awaitUntil(what, () -> condition.test(state));
        return state();
    }

    public synchronized void awaitLost() {
        awaitUntil("the end of the view", this::isLost);
    }

    private void awaitUntil(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            long leftMillis = (deadline - System.nanoTime()) / 1_000_000;
            assertTrue(
                    leftMillis > 0, () -> "waited in vain for " + what + "; " + state.revision() + ", lost: " + lost);
            assertFalse(isLost(), () -> "waited for " + what + "; the view was lost: " + lost);
            try {
                wait(leftMillis);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
    }

    @Override
    public void close() {
        view.close();
    }
}
