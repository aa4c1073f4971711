package io.staithe.server.store;

import io.etcd.jetcd.lease.LeaseKeepAliveResponse;
import io.staithe.core.store.Lease;
import io.staithe.core.store.StoreUnavailable;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A lease of etcd, renewed several times in its time to live, one call each: so it is known when a renewal was sent, and
 * the two thirds for which it counts as held run from there. etcd itself measures from when the renewal arrived, which is
 * later.
 *
 * <p>jetcd's own keep-alive stream is not used: when etcd was away for longer than the time to live it ends with a bare
 * {@code onCompleted}.
 */
final class EtcdLease implements Lease {
    /** Some may be late or lost. */
    private static final int RENEWALS_IN_A_LIFE = 6;

    private final EtcdConnection etcd;
    private final long id;
    private final Duration ttl;
    private final AtomicReference<@Nullable String> ended = new AtomicReference<>();
    private final ScheduledFuture<?> renewals;
    private volatile long heldUntilNanos;
    private volatile CompletableFuture<Boolean> lastRenewal = CompletableFuture.completedFuture(true);

    /** @param sentNanos when the grant was asked for, on the monotonic clock */
    EtcdLease(EtcdConnection etcd, long id, Duration ttl, long sentNanos, ScheduledExecutorService timer) {
        this.etcd = etcd;
        this.id = id;
        this.ttl = ttl;
        heldUntilNanos = heldUntil(sentNanos);
        long everyNanos = ttl.toNanos() / RENEWALS_IN_A_LIFE;
        renewals = timer.scheduleAtFixedRate(this::renew, everyNanos, everyNanos, TimeUnit.NANOSECONDS);
    }

    long id() {
        return id;
    }

    @Override
    public boolean isHeld() {
        if (ended.get() != null) return false;
        if (heldUntilNanos - System.nanoTime() > 0) return true;
        // For good: a renewal that comes later does not bring back what the holder has given up.
        lose("no renewal came within two thirds of its time to live");
        return false;
    }

    /** From now on nobody holds it here. */
    void lose(String reason) {
        if (ended.compareAndSet(null, reason)) renewals.cancel(false);
    }

    /** Absent while it is held, or not yet known not to be. */
    @Nullable
    String whyEnded() {
        return ended.get();
    }

    @Override
    public void close() {
        if (ended.get() != null) return;
        lose("it was closed");
        lastRenewal.cancel(false);
        try {
            etcd.read(etcd.client().getLeaseClient().revoke(id));
        } catch (StoreUnavailable e) {
            // It is renewed no more, so etcd ends it within its time to live.
            lose(e.toString());
        }
    }

    private void renew() {
        if (!isHeld()) return;
        long sentNanos = System.nanoTime();
        lastRenewal = etcd.client()
                .getLeaseClient()
                .keepAliveOnce(id)
                .handle((answer, error) -> renewed(answer, error, sentNanos));
    }

    /** On jetcd's event loop. An error that says nothing about the lease is left to the clock. */
    private boolean renewed(@Nullable LeaseKeepAliveResponse answer, @Nullable Throwable error, long sentNanos) {
        boolean unknown = answer == null ? error != null && EtcdErrors.isNotFound(error) : answer.getTTL() <= 0;
        if (unknown) lose("etcd does not know it any more");
        else if (answer != null && isHeld()) heldUntilNanos = Math.max(heldUntilNanos, heldUntil(sentNanos));
        return !unknown;
    }

    private long heldUntil(long sentNanos) {
        return sentNanos + ttl.toNanos() / 3 * 2;
    }
}
