package io.staithe.core.store;

import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
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
 * The executable specification of {@link Store}: what a commit means, without durability. Leases end when they are closed
 * or when a test {@linkplain #expire expires} them; nothing here knows the time.
 */
public final class MemoryStore implements Store {
    private ClusterState state = ClusterState.EMPTY;
    private final List<OpenView> views = new ArrayList<>();
    private final Map<MemoryLease, Set<Key>> leases = new HashMap<>();

    @Override
    public synchronized View open(Consumer<Event> sink) {
        OpenView view = new OpenView(state, sink);
        views.add(view);
        return view;
    }

    @Override
    public synchronized CommitResult commit(Plan plan, @Nullable Lease lease) {
        CommitRules.check(plan, lease);
        Key conflict = CommitRules.firstConflict(plan, state);
        if (conflict != null) return new CommitResult.Conflict(conflict);
        Set<Key> leased = lease == null ? new HashSet<>() : leases.get(lease);
        if (leased == null)
            return new CommitResult.Conflict(plan.changes().get(0).key());
        List<Event.Update> updates = new ArrayList<>();
        for (Change change : plan.changes()) {
            leases.values().forEach(keys -> keys.remove(change.key()));
            Entity entity = change instanceof Change.Put put ? put.entity() : null;
            if (change instanceof Change.Put put && put.leased()) leased.add(change.key());
            updates.add(new Event.Update(change.key(), entity));
        }
        publish(updates);
        return new CommitResult.Committed(state.revision());
    }

    @Override
    public synchronized Lease grant(Duration ttl) {
        CommitRules.checkTtl(ttl);
        MemoryLease lease = new MemoryLease();
        leases.put(lease, new HashSet<>());
        return lease;
    }

    @Override
    public synchronized void close() {
        List.copyOf(views).forEach(view -> view.lose("the store was closed"));
    }

    /** What is stored now. */
    public synchronized ClusterState state() {
        return state;
    }

    /** Ends a lease as if its holder had died. */
    public synchronized void expire(Lease lease) {
        Set<Key> keys = leases.remove((MemoryLease) lease);
        if (keys == null || keys.isEmpty()) return;
        publish(keys.stream().sorted().map(key -> new Event.Update(key, null)).toList());
    }

    /** Loses every view, as a compaction or a broken watch does. */
    public synchronized void loseViews(String reason) {
        List.copyOf(views).forEach(view -> view.lose(reason));
    }

    private void publish(List<Event.Update> updates) {
        Event.Changed event = new Event.Changed(state.revision() + 1, updates);
        state = state.apply(event);
        List.copyOf(views).forEach(view -> view.sink.accept(event));
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

        void lose(String reason) {
            views.remove(this);
            sink.accept(new Event.Lost(reason));
        }

        @Override
        public void close() {
            synchronized (MemoryStore.this) {
                views.remove(this);
            }
        }
    }

    private final class MemoryLease implements Lease {
        @Override
        public boolean isHeld() {
            synchronized (MemoryStore.this) {
                return leases.containsKey(this);
            }
        }

        @Override
        public void close() {
            expire(this);
        }
    }

    /** All objects of a kind, for tests. */
    public <E extends Entity> List<E> all(Kind kind, Class<E> type) {
        return state().all(kind, type).toList();
    }
}
