package io.staithe.server.store;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.options.GetOption;
import io.etcd.jetcd.options.PutOption;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Versioned;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.CommitRules;
import io.staithe.core.store.EntityCodec;
import io.staithe.core.store.Event;
import io.staithe.core.store.Lease;
import io.staithe.core.store.Store;
import io.staithe.core.store.StoreUnavailable;
import io.staithe.core.store.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The store of as many control planes as you like, in etcd. A commit is one transaction; its revision is etcd's. Every call
 * has a deadline, and one that passes it is {@code Unknown}: of the writes that timed out in fault tests, more than half had
 * been applied.
 */
public final class EtcdStore implements Store {
    private static final int PAGE_OBJECTS = 500;
    private static final int MAX_READS = 3;
    private static final Duration BREAK_BETWEEN_WATCHES = Duration.ofMillis(250);
    private static final int ASKS_IN_A_SILENCE = 4;
    /** Beyond the default silence, so that the second audit finds what the first one suspected. */
    private static final Duration AUDIT_EVERY = Duration.ofSeconds(60);

    private final EtcdSettings settings;
    private final EtcdConnection etcd;
    private final Watch watch;
    private final EtcdKeys keys;
    private final EntityCodec codec;
    /** One for views, one for renewals, one for listings that take long: none delays the other. */
    private final ScheduledExecutorService viewThread = thread("staithe-etcd-views");

    private final ScheduledExecutorService leaseThread = thread("staithe-etcd-leases");
    private final ScheduledExecutorService auditThread = thread("staithe-etcd-audit");
    /** Touched on the views' thread only. */
    private final List<EtcdView> views = new ArrayList<>();

    private final List<ScheduledFuture<?>> timers;
    private volatile boolean closed;

    /** Connects when it is first asked for something. */
    public EtcdStore(EtcdSettings settings, EntityCodec codec) {
        this.settings = settings;
        this.codec = codec;
        keys = new EtcdKeys(settings.prefix());
        etcd = new EtcdConnection(settings);
        watch = etcd.client().getWatchClient();
        timers = List.of(
                every(BREAK_BETWEEN_WATCHES, viewThread, this::tickViews),
                every(settings.silence().dividedBy(ASKS_IN_A_SILENCE), viewThread, this::askForProgress),
                every(AUDIT_EVERY, auditThread, this::audit));
    }

    @Override
    public View open(Consumer<Event> sink) {
        EtcdView view = new EtcdView(snapshot(), sink, watch, keys, codec, viewThread, settings.silence());
        viewThread.execute(() -> {
            views.add(view);
            view.watch();
        });
        return view;
    }

    /** @throws IllegalArgumentException also when the plan is more bytes than etcd takes in one request */
    @Override
    public CommitResult commit(Plan plan, @Nullable Lease lease) {
        CommitRules.check(plan, lease);
        if (closed) return new CommitResult.Unknown("the store was closed");
        EtcdLease held = lease instanceof EtcdLease etcdLease ? etcdLease : null;
        if (lease != null && (held == null || !held.isHeld()))
            return new CommitResult.Conflict(plan.changes().get(0).key());
        EtcdTransaction transaction = new EtcdTransaction(plan, held, keys, codec);
        try {
            return transaction.result(
                    etcd.answer(transaction.send(etcd.client().getKVClient().txn())));
        } catch (TimeoutException e) {
            return new CommitResult.Unknown("etcd did not answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CommitResult.Unknown("interrupted while waiting for etcd");
        } catch (ExecutionException e) {
            if (EtcdErrors.isTooMuch(e))
                throw new IllegalArgumentException("etcd refuses the plan: " + EtcdErrors.reason(e), e);
            if (held != null && EtcdErrors.isNotFound(e)) return transaction.leaseIsGone();
            return new CommitResult.Unknown(EtcdErrors.reason(e));
        }
    }

    @Override
    public Lease grant(Duration ttl) {
        CommitRules.checkTtl(ttl);
        long sentNanos = System.nanoTime();
        long wholeSeconds = ttl.plusSeconds(1).minusNanos(1).toSeconds();
        long id = etcd.read(etcd.client().getLeaseClient().grant(wholeSeconds)).getID();
        PutOption onLease = PutOption.builder().withLeaseId(id).build();
        etcd.read(etcd.client().getKVClient().put(keys.lease(id), ByteSequence.EMPTY, onLease));
        return new EtcdLease(etcd, id, ttl, sentNanos, leaseThread);
    }

    /** Leases are not ended, only renewed no more: whoever gives something up closes its lease first. */
    @Override
    public void close() {
        if (closed) return;
        closed = true;
        timers.forEach(timer -> timer.cancel(false));
        leaseThread.shutdownNow();
        auditThread.shutdown();
        viewThread.execute(() -> views.forEach(view -> view.lose("the store was closed")));
        viewThread.shutdown();
        try {
            viewThread.awaitTermination(settings.answerWithin().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        etcd.close();
    }

    /** Everything at one revision, page by page. Again from the start when etcd compacts that revision meanwhile. */
    private ClusterState snapshot() {
        for (int read = 1; ; read++) {
            try {
                if (closed) throw new StoreUnavailable("the store was closed", null);
                return read();
            } catch (StoreUnavailable e) {
                if (read == MAX_READS || !EtcdErrors.isCompacted(e)) throw e;
            }
        }
    }

    private ClusterState read() {
        List<Versioned<?>> objects = new ArrayList<>();
        long revision = pages(false, found -> objects.add(decode(found)));
        return ClusterState.of(revision, objects);
    }

    /** Looks whether a watch has kept something back. */
    void audit() {
        Map<Key, Long> listed = new HashMap<>();
        try {
            long revision = pages(true, found -> listed.put(keys.parse(found.getKey()), found.getModRevision()));
            viewThread.execute(() -> views.forEach(view -> view.audit(listed, revision)));
        } catch (StoreUnavailable e) {
            // Then the views hear nothing either, which they measure themselves; the next audit is in a minute.
            listed.clear();
        }
    }

    /** All objects at one revision, which is returned. */
    private long pages(boolean keysOnly, Consumer<KeyValue> each) {
        GetResponse page = page(keys.objects(), 0, keysOnly);
        long revision = page.getHeader().getRevision();
        page.getKvs().forEach(each);
        while (page.isMore()) {
            ByteSequence last = page.getKvs().get(page.getKvs().size() - 1).getKey();
            page = page(last.concat(ByteSequence.from(new byte[1])), revision, keysOnly);
            page.getKvs().forEach(each);
        }
        return revision;
    }

    private GetResponse page(ByteSequence from, long revision, boolean keysOnly) {
        GetOption option = GetOption.builder()
                .withRange(keys.objectsEnd())
                .withLimit(PAGE_OBJECTS)
                .withRevision(revision)
                .withKeysOnly(keysOnly)
                .build();
        return etcd.read(etcd.client().getKVClient().get(from, option));
    }

    private Versioned<Entity> decode(KeyValue found) {
        Key key = keys.parse(found.getKey());
        return new Versioned<>(codec.decode(key.kind(), found.getValue().getBytes()), found.getModRevision());
    }

    private void tickViews() {
        views.removeIf(EtcdView::isOver);
        views.forEach(view -> view.tick(settings.silence()));
    }

    private void askForProgress() {
        try {
            watch.requestProgress();
        } catch (RuntimeException e) {
            // jetcd throws for a watch that is just breaking. All start again; none has missed anything.
            views.forEach(EtcdView::stopWatching);
        }
    }

    private static ScheduledFuture<?> every(Duration period, ScheduledExecutorService thread, Runnable step) {
        return thread.scheduleAtFixedRate(step, period.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledExecutorService thread(String name) {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }
}
