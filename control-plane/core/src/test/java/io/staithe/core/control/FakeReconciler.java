package io.staithe.core.control;

import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A reconciler that does what a test says, and remembers what it was asked. */
final class FakeReconciler implements Reconciler {
    interface Planner {
        Plan plan(ClusterState state, Key key, Instant now);
    }

    final List<Key> asked = new ArrayList<>();
    private final String name;
    private final Function<Entity, Key> concerned;
    private final Predicate<Entity> interested;
    private final Planner planner;

    private FakeReconciler(
            String name, Predicate<Entity> interested, Function<Entity, Key> concerned, Planner planner) {
        this.name = name;
        this.interested = interested;
        this.concerned = concerned;
        this.planner = planner;
    }

    /** Looks at every object of a type by its own key. */
    static FakeReconciler each(String name, Class<? extends Entity> type, Planner planner) {
        return new FakeReconciler(name, type::isInstance, Entity::key, planner);
    }

    /** Looks at one thing whenever an object of a type changes. */
    static FakeReconciler one(String name, Class<? extends Entity> type, Key about, Planner planner) {
        return new FakeReconciler(name, type::isInstance, entity -> about, planner);
    }

    /** Cannot tell what an object of a type concerns. */
    static FakeReconciler lost(String name, Class<? extends Entity> type) {
        return new FakeReconciler(
                name,
                type::isInstance,
                entity -> {
                    throw new IllegalStateException("cannot tell");
                },
                (state, key, now) -> Plan.NOTHING);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Stream<Key> concerned(Entity entity, ClusterState state) {
        return interested.test(entity) ? Stream.of(concerned.apply(entity)) : Stream.empty();
    }

    @Override
    public Plan reconcile(ClusterState state, Key key, Instant now) {
        asked.add(key);
        return planner.plan(state, key, now);
    }
}
