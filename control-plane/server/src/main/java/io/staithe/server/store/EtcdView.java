package io.staithe.server.store;

import io.etcd.jetcd.KeyValue;
import io.etcd.jetcd.Watch;
import io.etcd.jetcd.options.WatchOption;
import io.etcd.jetcd.watch.WatchEvent;
import io.etcd.jetcd.watch.WatchResponse;
import io.staithe.core.model.Key;
import io.staithe.core.state.ClusterState;
import io.staithe.core.store.EntityCodec;
import io.staithe.core.store.Event;
import io.staithe.core.store.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A watch that starts where its snapshot ends. All of it happens on one thread; jetcd's callbacks only enqueue.
 *
 * <p>When a watch breaks, a new one starts after the last revision that was delivered. jetcd resumes by itself too, but
 * from the revision at which its watch was created, which skips what was not delivered by then: so each of its watchers is
 * used until its first error only. What cannot go on (compacted, silent, too much at once) is {@link Event.Lost}.
 *
 * <p>Silence is measured from the last answer that is not older than what was delivered: a member that lags, or an etcd that
 * was restored from an older copy, is not being heard.
 */
final class EtcdView implements View {
    /** Responses that wait; each is one or more commits. A reader that is further behind opens again. */
    private static final int MAX_WAITING = 10_000;

    private final ClusterState snapshot;
    private final Consumer<Event> sink;
    private final Watch watch;
    private final EtcdKeys keys;
    private final EntityCodec codec;
    private final Executor thread;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean over;
    private volatile long heardNanos = System.nanoTime();
    private volatile long delivered;

    private final WatchAudit audit;
    private Watch.@Nullable Watcher watcher;
    /** Counts watches: what an older one still says is not heard. */
    private int generation;

    /** @param silence longer than an event of a living watch is on its way */
    EtcdView(
            ClusterState snapshot,
            Consumer<Event> sink,
            Watch watch,
            EtcdKeys keys,
            EntityCodec codec,
            Executor thread,
            Duration silence) {
        this.snapshot = snapshot;
        this.sink = sink;
        this.watch = watch;
        this.keys = keys;
        this.codec = codec;
        this.thread = thread;
        audit = new WatchAudit(snapshot, silence);
        delivered = snapshot.revision();
    }

    @Override
    public ClusterState snapshot() {
        return snapshot;
    }

    @Override
    public void close() {
        over = true;
        thread.execute(this::stopWatching);
    }

    boolean isOver() {
        return over;
    }

    /** On the thread, as everything below. */
    void tick(Duration silence) {
        if (over) return;
        if (System.nanoTime() - heardNanos > silence.toNanos())
            lose("nothing newer than revision " + delivered + " was heard from etcd for " + silence.toSeconds()
                    + " seconds");
        else if (watcher == null) watch();
    }

    /** @param listed every object with its revision, as etcd had them at {@code revision} */
    void audit(Map<Key, Long> listed, long revision) {
        if (over) return;
        audit.compare(listed, revision, System.nanoTime())
                .ifPresent(key -> lose("etcd did not tell of a change of " + key));
    }

    void watch() {
        if (over) return;
        int mine = ++generation;
        WatchOption option = WatchOption.builder()
                .isPrefix(true)
                .withRevision(delivered + 1)
                .withProgressNotify(true)
                .withCreateNotify(true)
                .withRequireLeader(true)
                .build();
        watcher = watch.watch(
                keys.objects(),
                option,
                Watch.listener(
                        response -> heard(mine, response),
                        error -> enqueue(mine, () -> broken(error)),
                        () -> enqueue(mine, () -> broken(null))));
    }

    void lose(String reason) {
        if (over) return;
        over = true;
        stopWatching();
        sink.accept(new Event.Lost(reason));
    }

    /** On jetcd's event loop. */
    private void heard(int mine, WatchResponse response) {
        if (response.getHeader().getRevision() >= delivered) heardNanos = System.nanoTime();
        enqueue(mine, () -> deliver(response));
    }

    /** On jetcd's event loop. */
    private void enqueue(int mine, Runnable step) {
        if (over) return;
        boolean tooMany = waiting.incrementAndGet() > MAX_WAITING;
        thread.execute(() -> {
            waiting.decrementAndGet();
            if (tooMany) lose("more than " + MAX_WAITING + " changes wait for the reader");
            else if (mine == generation && !over) attempt(step);
        });
    }

    /** An object that cannot be read, or a reader that fails, ends this view and nothing else. */
    private void attempt(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            lose("a change cannot be read: " + e.getMessage());
        }
    }

    /** One event for each revision. Watchers may repeat themselves; etcd never splits a revision over two responses. */
    private void deliver(WatchResponse response) {
        List<Event.Update> updates = new ArrayList<>();
        List<WatchEvent> events = response.getEvents();
        for (int i = 0; i < events.size(); i++) {
            KeyValue now = events.get(i).getKeyValue();
            if (now.getModRevision() <= delivered) continue;
            updates.add(update(events.get(i)));
            boolean last =
                    i == events.size() - 1 || events.get(i + 1).getKeyValue().getModRevision() != now.getModRevision();
            if (!last) continue;
            delivered = now.getModRevision();
            if (!over) sink.accept(new Event.Changed(delivered, updates));
            updates = new ArrayList<>();
        }
    }

    private Event.Update update(WatchEvent event) {
        Key key = keys.parse(event.getKeyValue().getKey());
        boolean deleted = event.getEventType() == WatchEvent.EventType.DELETE;
        if (deleted) audit.delete(key);
        else audit.put(key, event.getKeyValue().getModRevision());
        return new Event.Update(
                key,
                deleted
                        ? null
                        : codec.decode(
                                key.kind(), event.getKeyValue().getValue().getBytes()));
    }

    private void broken(@Nullable Throwable error) {
        stopWatching();
        if (error != null && EtcdErrors.isCompacted(error))
            lose("etcd has compacted what comes after revision " + delivered);
    }

    /** The next tick watches again. */
    void stopWatching() {
        generation++;
        Watch.Watcher stopped = watcher;
        watcher = null;
        if (stopped != null) stopped.close();
    }
}
