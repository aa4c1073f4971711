package io.staithe.server.store;

import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.CommitRules;
import io.staithe.core.store.EntityCodec;
import io.staithe.core.store.Event;
import io.staithe.core.store.Lease;
import io.staithe.core.store.Store;
import io.staithe.core.store.StoreUnavailable;
import io.staithe.core.store.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The store of one control plane, in one file of its data folder. A commit is answered, and seen by views, only when it is
 * on the disk; commits that come together share one sync. Survives {@code kill -9} at any moment.
 *
 * <p>Leases live in memory and end with the process: what is leased is never written, and so is gone at the next opening.
 * Their time to live is not measured: nobody else can take over while this process has the file.
 *
 * <p>A write that fails (a full or broken disk) ends the store: what it holds in memory may be ahead of the disk. Views are
 * lost, commits are answered {@code Unknown}, and a new opening starts from what is on the disk.
 */
public final class EmbeddedStore implements Store {
    private static final String FILE = "state.mv";

    private final EntityCodec codec;
    private final GroupCommit writer;
    private final List<OpenView> views = new ArrayList<>();
    private final Map<MemoryLease, Set<Key>> leases = new HashMap<>();
    /** With every accepted commit: what the next one is checked against. */
    private ClusterState head;
    /** With every commit that is on the disk: what views see. */
    private ClusterState durable;

    private @Nullable String ended;

    /**
     * @param folder made when it is not there
     * @throws StoreUnavailable when another process has it open, or it cannot be read
     * @throws IllegalStateException when a newer program wrote it
     */
    public static EmbeddedStore open(Path folder, EntityCodec codec) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StoreUnavailable("cannot make the data folder " + folder, e);
        }
        return new EmbeddedStore(StateFile.open(folder.resolve(FILE).toString()), codec);
    }

    EmbeddedStore(StateFile file, EntityCodec codec) {
        this.codec = codec;
        try {
            head = file.load(codec);
        } catch (RuntimeException e) {
            file.abandon();
            throw e;
        }
        durable = head;
        writer = new GroupCommit(file, this::publish, this::fail);
    }

    @Override
    public synchronized View open(Consumer<Event> sink) {
        if (ended != null) throw new StoreUnavailable(ended, null);
        OpenView view = new OpenView(durable, sink);
        views.add(view);
        return view;
    }

    @Override
    public CommitResult commit(Plan plan, @Nullable Lease lease) {
        CommitRules.check(plan, lease);
        List<StateFile.Write> writes = plan.changes().stream().map(this::encode).toList();
        GroupCommit.Pending pending;
        Key conflict;
        synchronized (this) {
            if (ended != null) return new CommitResult.Unknown(ended);
            conflict = conflict(plan, lease);
            pending = conflict == null ? accept(plan, lease, writes) : writer.latest();
        }
        // A conflict is told only once the reader can see it.
        CommitResult result = pending.await();
        return conflict == null || result instanceof CommitResult.Unknown
                ? result
                : new CommitResult.Conflict(conflict);
    }

    @Override
    public synchronized Lease grant(Duration ttl) {
        CommitRules.checkTtl(ttl);
        if (ended != null) throw new StoreUnavailable(ended, null);
        MemoryLease lease = new MemoryLease();
        leases.put(lease, new HashSet<>());
        return lease;
    }

    @Override
    public void close() {
        end("the store was closed");
        writer.close();
    }

    private StateFile.Write encode(Change change) {
        boolean kept = change instanceof Change.Put put && !put.leased();
        return new StateFile.Write(change.key(), kept ? codec.encode(((Change.Put) change).entity()) : null);
    }

    private @Nullable Key conflict(Plan plan, @Nullable Lease lease) {
        Key conflict = CommitRules.firstConflict(plan, head);
        if (conflict != null || lease == null || leases.containsKey(lease)) return conflict;
        return plan.changes().get(0).key();
    }

    private GroupCommit.Pending accept(Plan plan, @Nullable Lease lease, List<StateFile.Write> writes) {
        List<Event.Update> updates = new ArrayList<>();
        for (Change change : plan.changes()) {
            leases.values().forEach(keys -> keys.remove(change.key()));
            Entity entity = change instanceof Change.Put put ? put.entity() : null;
            if (change instanceof Change.Put put && put.leased())
                leasedBy(lease).add(change.key());
            updates.add(new Event.Update(change.key(), entity));
        }
        return accept(updates, writes);
    }

    private Set<Key> leasedBy(@Nullable Lease lease) {
        Set<Key> keys = leases.get(lease);
        if (keys == null) throw new IllegalStateException("the lease was checked and is gone");
        return keys;
    }

    private GroupCommit.Pending accept(List<Event.Update> updates, List<StateFile.Write> writes) {
        Event.Changed event = new Event.Changed(head.revision() + 1, updates);
        head = head.apply(event);
        return writer.add(event, new StateFile.Commit(event.revision(), writes));
    }

    /** On the writer's thread, when a batch is on the disk. */
    private synchronized void publish(List<Event.Changed> events) {
        for (Event.Changed event : events) {
            durable = durable.apply(event);
            for (OpenView view : List.copyOf(views)) view.sink.accept(event);
        }
    }

    private void fail(Throwable cause) {
        end("the store's file cannot be written: " + cause);
    }

    private synchronized void end(String reason) {
        if (ended != null) return;
        ended = reason;
        leases.clear();
        List<OpenView> lost = List.copyOf(views);
        views.clear();
        lost.forEach(view -> view.sink.accept(new Event.Lost(reason)));
    }

    private GroupCommit.@Nullable Pending release(MemoryLease lease) {
        synchronized (this) {
            Set<Key> keys = leases.remove(lease);
            if (keys == null || keys.isEmpty()) return null;
            return accept(
                    keys.stream()
                            .sorted()
                            .map(key -> new Event.Update(key, null))
                            .toList(),
                    List.of());
        }
    }

    private final class OpenView implements View {
        private final ClusterState snapshot;
        private final Consumer<Event> sink;

        OpenView(ClusterState snapshot, Consumer<Event> sink) {
            this.snapshot = snapshot;
            this.sink = sink;
        }

        @Override
        public ClusterState snapshot() {
            return snapshot;
        }

        @Override
        public void close() {
            synchronized (EmbeddedStore.this) {
                views.remove(this);
            }
        }
    }

    private final class MemoryLease implements Lease {
        @Override
        public boolean isHeld() {
            synchronized (EmbeddedStore.this) {
                return leases.containsKey(this);
            }
        }

        @Override
        public void close() {
            GroupCommit.Pending pending = release(this);
            if (pending != null) pending.await();
        }
    }
}
