package io.staithe.server.control;

import io.staithe.core.store.Lease;
import io.staithe.core.store.Store;
import io.staithe.core.store.StoreUnavailable;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * This process's sign of life in the store: leadership and agents' sessions hang on it. A lease that has ended is replaced
 * by a new one; what hung on the old one is gone and has to be put again by its owner.
 */
public final class ProcessLease implements AutoCloseable {
    private static final Duration CHECK_EVERY = Duration.ofMillis(250);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final Logger LOG = Logger.getLogger(ProcessLease.class);

    private final Store store;
    private final Duration ttl;
    private final Thread thread = new Thread(this::run, "process-lease");
    private volatile boolean closed;
    private volatile @Nullable Lease lease;

    public ProcessLease(Store store, Duration ttl) {
        this.store = store;
        this.ttl = ttl;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** The lease, while it is held. */
    public Optional<Lease> held() {
        Lease current = lease;
        return current != null && current.isHeld() ? Optional.of(current) : Optional.empty();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Lease last = lease;
        if (last != null) last.close();
    }

    private void run() {
        try {
            while (!closed) {
                boolean granted = held().isPresent() || grant();
                TimeUnit.NANOSECONDS.sleep((granted ? CHECK_EVERY : RETRY_AFTER).toNanos());
            }
        } catch (InterruptedException e) {
            if (!closed) throw new IllegalStateException("somebody interrupted the process's lease", e);
        }
    }

    private boolean grant() {
        Lease ended = lease;
        if (ended != null) LOG.warn("the process's lease has ended, asking for another");
        try {
            if (ended != null) ended.close();
            lease = store.grant(ttl);
            return true;
        } catch (StoreUnavailable e) {
            LOG.warnf("no lease, trying again: %s", e.getMessage());
            return false;
        }
    }
}
