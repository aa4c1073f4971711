package io.staithe.server.state;

import io.staithe.core.state.ClusterState;
import io.staithe.core.store.Event;
import io.staithe.core.store.Store;
import io.staithe.core.store.StoreUnavailable;
import io.staithe.core.store.View;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the current {@link ClusterState} and tells subscribers of every change. Thread-safe.
 *
 * <p>A lost view is opened again, and so is every view after {@link #RELIST_EVERY}: etcd's watches can lose events
 * without saying so (etcd issues 17529, 18089, 19179). What the new listing shows and the old view did not is told like any
 * other change. A listing older than what is held means that the store was restored from a copy: everything is dropped.
 */
public final class StateFeed implements AutoCloseable {
    static final Duration RELIST_EVERY = Duration.ofSeconds(60);
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);
    private static final int MAX_INCOMING = 100_000;
    private static final Logger LOG = Logger.getLogger(StateFeed.class);

    /** @param opening which view it came from: what an earlier one still delivers is dropped */
    private record Incoming(long opening, Event event) {}

    private final Store store;
    private final Duration relistEvery;
    private final BlockingQueue<Incoming> incoming = new LinkedBlockingQueue<>(MAX_INCOMING);
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final Object changed = new Object();
    private final Thread thread;

    private volatile ClusterState current = ClusterState.EMPTY;
    private volatile boolean fresh;
    private volatile boolean closed;
    private volatile boolean refreshWanted;
    private volatile long opening;
    private final AtomicLong missedUpdates = new AtomicLong();
    private @Nullable View view;

    public StateFeed(Store store) {
        this(store, RELIST_EVERY);
    }

    StateFeed(Store store, Duration relistEvery) {
        this.store = store;
        this.relistEvery = relistEvery;
        this.thread = new Thread(this::run, "state-feed");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    public boolean isRunning() {
        return thread.isAlive();
    }

    /** The newest state that this process knows. */
    public ClusterState current() {
        return current;
    }

    /** Whether a view is open now, so that {@link #current} follows the store. */
    public boolean isFresh() {
        return fresh;
    }

    /** How many views have been opened. */
    public long openings() {
        return opening;
    }

    /** How many updates a listing showed that no view had told. Above 0 with a sound store: a bug. */
    public long missedUpdates() {
        return missedUpdates.get();
    }

    public Subscription subscribe() {
        synchronized (changed) {
            Subscription subscription = new Subscription(current, subscriptions::remove);
            subscriptions.add(subscription);
            return subscription;
        }
    }

    /** Waits until the state is at {@code revision} or later; false: it was not in that time. */
    public boolean awaitRevision(long revision, Duration timeout) throws InterruptedException {
        return await(state -> state.revision() >= revision, timeout).isPresent();
    }

    /** The first state for which {@code condition} holds; empty: none did in that time. */
    public Optional<ClusterState> await(Predicate<ClusterState> condition, Duration timeout)
            throws InterruptedException {
        long until = System.nanoTime() + timeout.toNanos();
        synchronized (changed) {
            while (!condition.test(current)) {
                long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                if (left <= 0 || closed) return Optional.empty();
                changed.wait(left);
            }
            return Optional.of(current);
        }
    }

    /** Lists the store again and waits for it: what was committed before this call is then in {@link #current}. */
    public boolean refresh(Duration timeout) throws InterruptedException {
        long before = opening;
        refreshWanted = true;
        incoming.offer(new Incoming(before, new Event.Changed(0, List.of())));
        return await(state -> fresh && opening > before, timeout).isPresent();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        synchronized (changed) {
            changed.notifyAll();
        }
        Set.copyOf(subscriptions).forEach(subscription -> subscription.lose("the server is stopping"));
    }

    private void run() {
        Duration retry = FIRST_RETRY;
        try {
            while (!closed) {
                if (open() && follow()) {
                    retry = FIRST_RETRY;
                } else {
                    fresh = false;
                    TimeUnit.NANOSECONDS.sleep(retry.toNanos());
                    retry = retry.multipliedBy(2);
                    if (retry.compareTo(LAST_RETRY) > 0) retry = LAST_RETRY;
                }
            }
        } catch (InterruptedException e) {
            if (!closed) throw new IllegalStateException("somebody interrupted the state feed", e);
        } finally {
            fresh = false;
            if (view != null) view.close();
        }
    }

    private boolean open() {
        if (view != null) view.close();
        long number = opening + 1;
        refreshWanted = false;
        try {
            view = store.open(event -> enqueue(number, event));
        } catch (StoreUnavailable e) {
            view = null;
            LOG.warnf("the store cannot be read, trying again: %s", e.getMessage());
            return false;
        }
        catchUp(view.snapshot(), number);
        return true;
    }

    private void enqueue(long number, Event event) {
        if (incoming.offer(new Incoming(number, event))) return;
        incoming.clear();
        incoming.offer(new Incoming(number, new Event.Lost(MAX_INCOMING + " events were waiting")));
    }

    private void catchUp(ClusterState listed, long number) {
        synchronized (changed) {
            ClusterState held = current;
            current = listed;
            opening = number;
            fresh = true;
            if (listed.revision() < held.revision()) {
                LOG.warnf("the store went back from revision %d to %d", held.revision(), listed.revision());
                Set.copyOf(subscriptions).forEach(subscription -> subscription.lose("the store went back"));
            } else {
                List<Event.Update> updates = Difference.between(held, listed);
                if (number > 1) missedUpdates.addAndGet(updates.size());
                if (!updates.isEmpty()) publish(new Event.Changed(listed.revision(), updates));
            }
            changed.notifyAll();
        }
    }

    /** Applies events until it is time to list again (true) or the view is lost (false). */
    private boolean follow() throws InterruptedException {
        long until = System.nanoTime() + relistEvery.toNanos();
        while (!refreshWanted) {
            Incoming next = incoming.poll(until - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (next == null) return true;
            if (next.opening() != opening) continue;
            if (next.event() instanceof Event.Lost lost) {
                LOG.infof("the view of the store was lost, opening another: %s", lost.reason());
                return false;
            }
            apply((Event.Changed) next.event());
        }
        return true;
    }

    private void apply(Event.Changed event) {
        synchronized (changed) {
            ClusterState next = current.apply(event);
            if (next == current) return;
            current = next;
            publish(event);
            changed.notifyAll();
        }
    }

    private void publish(Event.Changed event) {
        subscriptions.forEach(subscription -> subscription.deliver(event));
    }
}
