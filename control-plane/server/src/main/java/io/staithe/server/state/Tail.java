package io.staithe.server.state;

import io.staithe.core.state.ClusterState;
import io.staithe.core.store.Event;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The thread on which a {@link Follower} follows the state. A follower that throws begins anew after a pause, so that one
 * bad object cannot end it for good.
 */
public final class Tail implements AutoCloseable {
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    /** So much is told before the follower settles, so that a flood cannot keep it from acting. */
    private static final int MAX_EVENTS_BEFORE_SETTLING = 256;

    private static final Logger LOG = Logger.getLogger(Tail.class);

    private final String name;
    private final StateFeed feed;
    private final Follower follower;
    private final Thread thread;
    private volatile boolean closed;
    private final AtomicLong failures = new AtomicLong();
    private volatile @Nullable Subscription subscription;

    public Tail(String name, StateFeed feed, Follower follower) {
        this.name = name;
        this.feed = feed;
        this.follower = follower;
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Makes the follower settle soon, without news. */
    public void wake() {
        Subscription current = subscription;
        if (current != null) current.wake();
    }

    /** How often the follower threw. */
    public long failures() {
        return failures.get();
    }

    /** Ends the thread and waits for it, at most 5 seconds. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            if (feed.openings() == 0 && !firstStateCame()) continue;
            try (Subscription opened = feed.subscribe()) {
                subscription = opened;
                follow(opened);
            } catch (InterruptedException e) {
                if (!closed) LOG.warnf("%s was interrupted, and goes on", name);
            } catch (RuntimeException e) {
                failures.incrementAndGet();
                LOG.errorf(e, "%s failed, and begins anew", name);
                pause();
            }
        }
    }

    private void follow(Subscription opened) throws InterruptedException {
        ClusterState state = opened.snapshot();
        follower.restart(state);
        Duration patience = Duration.ZERO;
        int told = 0;
        while (!closed) {
            Event event = told < MAX_EVENTS_BEFORE_SETTLING ? opened.poll(patience) : null;
            if (event instanceof Event.Lost) return;
            if (event instanceof Event.Changed change) {
                patience = Duration.ZERO;
                told++;
                if (change.updates().isEmpty()) continue;
                ClusterState next = state.apply(change);
                if (next != state) follower.changed(state, change, next);
                state = next;
            } else {
                patience = follower.settle();
                told = 0;
            }
        }
    }

    private boolean firstStateCame() {
        try {
            return feed.await(state -> feed.openings() > 0, Duration.ofSeconds(1))
                    .isPresent();
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(PAUSE_AFTER_FAILURE.toNanos());
        } catch (InterruptedException e) {
            if (!closed) Thread.currentThread().interrupt();
        }
    }
}
