package io.staithe.server.apply;

import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Guard;
import io.staithe.core.state.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A state in which some things have been declared already and are not written yet, so that what comes later can refer to
 * them.
 */
final class Draft {
    private final ClusterState base;
    /** By key in the order of writing; null: deleted. */
    private final Map<Key, @Nullable Entity> writes = new LinkedHashMap<>();

    private final Set<Key> references = new LinkedHashSet<>();
    private ClusterState state;

    Draft(ClusterState base) {
        this.base = base;
        this.state = base;
    }

    /** As it will be. */
    ClusterState state() {
        return state;
    }

    /** As it is. */
    ClusterState base() {
        return base;
    }

    void put(Entity entity) {
        writes.put(entity.key(), entity);
        state = state.apply(Plan.of(Change.put(entity, Change.ANY)), state.revision() + 1);
    }

    void delete(Key key) {
        writes.put(key, null);
        state = state.apply(Plan.of(Change.delete(key, Change.ANY)), state.revision() + 1);
    }

    /** What is being declared depends on {@code key}: it must not change meanwhile. */
    void refer(Key key) {
        references.add(key);
    }

    /** Everything that was read or is to be written. */
    Set<Key> touched() {
        Set<Key> keys = new LinkedHashSet<>(references);
        keys.addAll(writes.keySet());
        return keys;
    }

    boolean isEmpty() {
        return writes.isEmpty();
    }

    /** All writes as one plan, however large: for a preview. */
    Plan whole() {
        return plan(List.copyOf(writes.keySet()));
    }

    /**
     * The writes as plans that stores commit, in the order in which things may depend on each other: one, if that is enough.
     */
    List<Plan> plans() {
        List<Plan> plans = new ArrayList<>();
        List<Key> pending = new ArrayList<>();
        int room = Plan.MAX_OPERATIONS - Math.min(references.size(), Plan.MAX_OPERATIONS / 2);
        for (Key key : writes.keySet()) {
            if (pending.size() == room) {
                plans.add(plan(pending));
                pending.clear();
            }
            pending.add(key);
        }
        if (!pending.isEmpty()) plans.add(plan(pending));
        return plans;
    }

    private Plan plan(List<Key> keys) {
        List<Change> changes = keys.stream().map(this::change).toList();
        List<Guard> guards = references.stream()
                .filter(key -> !writes.containsKey(key))
                .limit(Math.max(0, Plan.MAX_OPERATIONS - changes.size()))
                .map(key -> new Guard(key, base.revisionOf(key)))
                .toList();
        return new Plan(changes, guards, List.of(), null);
    }

    private Change change(Key key) {
        Entity entity = writes.get(key);
        long expected = base.revisionOf(key);
        return entity == null ? Change.delete(key, expected) : Change.put(entity, expected);
    }
}
