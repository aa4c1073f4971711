package io.staithe.core.state;

import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a planner wants: writes that happen together or not at all, why, and when to look again even if nothing happens.
 *
 * @param wakeAt absent: only an event makes it worth looking again
 */
public record Plan(
        List<Change> changes,
        List<Guard> guards,
        List<Reason> reasons,
        @Nullable Instant wakeAt) {
    /** Most writes and guards in one plan. etcd allows 128 operations in a transaction by default. */
    public static final int MAX_OPERATIONS = 120;

    public static final Plan NOTHING = new Plan(List.of(), List.of(), List.of(), null);

    public Plan {
        changes = List.copyOf(changes);
        guards = List.copyOf(guards);
        reasons = List.copyOf(reasons);
    }

    public static Plan of(Change... changes) {
        return new Plan(List.of(changes), List.of(), List.of(), null);
    }

    public static Plan wakeAt(Instant at) {
        return new Plan(List.of(), List.of(), List.of(), at);
    }

    /** Writes nothing; it may still want to be woken. */
    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /** Collects a plan piece by piece. */
    public static final class Builder {
        private final List<Change> changes = new ArrayList<>();
        private final List<Guard> guards = new ArrayList<>();
        private final List<Reason> reasons = new ArrayList<>();
        private @Nullable Instant wakeAt;

        public Builder add(Change change) {
            changes.add(change);
            return this;
        }

        public Builder create(Entity entity) {
            return add(Change.create(entity));
        }

        /** Writes {@code entity} over the version that {@code state} holds. */
        public Builder update(ClusterState state, Entity entity) {
            return add(Change.put(entity, state.revisionOf(entity.key())));
        }

        public Builder delete(ClusterState state, Key key) {
            return add(Change.delete(key, state.revisionOf(key)));
        }

        /** Commits only while {@code key} is as {@code state} shows it. */
        public Builder guard(ClusterState state, Key key) {
            guards.add(new Guard(key, state.revisionOf(key)));
            return this;
        }

        public Builder guard(Guard guard) {
            guards.add(guard);
            return this;
        }

        public Builder because(Reason reason) {
            reasons.add(reason);
            return this;
        }

        /** The earliest of all times asked for counts. */
        public Builder wakeAt(@Nullable Instant at) {
            if (at != null && (wakeAt == null || at.isBefore(wakeAt))) wakeAt = at;
            return this;
        }

        public Builder addAll(Plan plan) {
            changes.addAll(plan.changes);
            guards.addAll(plan.guards);
            reasons.addAll(plan.reasons);
            return wakeAt(plan.wakeAt);
        }

        public int size() {
            return changes.size() + guards.size();
        }

        public boolean isEmpty() {
            return changes.isEmpty();
        }

        public Plan build() {
            return new Plan(changes, guards, reasons, wakeAt);
        }
    }
}
