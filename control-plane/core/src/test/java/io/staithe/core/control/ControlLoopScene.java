package io.staithe.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.model.Family;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Setting;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Event;
import io.staithe.core.store.MemoryStore;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/** A control loop with reconcilers of the test's own, on a store whose events come when the test says so. */
abstract class ControlLoopScene {
    final MemoryStore store = new MemoryStore();
    final Queue<Event> events = new ArrayDeque<>();
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    final FakeReconciler copier = FakeReconciler.each("copier", Setting.class, ControlLoopScene::copy);
    ControlLoop loop = new ControlLoop(List.of(copier), List.of());

    void put(String name) {
        store.commit(Plan.of(Change.create(new Setting(name, "1"))));
    }

    void open() {
        events.clear();
        loop.open(store.open(events::add).snapshot());
    }

    void deliver() {
        while (!events.isEmpty()) loop.on(events.remove());
    }

    void commit(Plan plan) {
        loop.on(store.commit(plan), now);
    }

    /** What is in flight was committed. */
    void isCommitted() {
        loop.on(new CommitResult.Committed(store.state().revision()), now);
    }

    ControlLoop.Failure onlyFailure() {
        List<ControlLoop.Failure> failures = loop.failures();
        assertEquals(1, failures.size(), failures.toString());
        return failures.get(0);
    }

    static Plan copy(ClusterState state, Key key, Instant now) {
        return state.get(key).isPresent() ? createIfAbsent(state, "copy-" + key.id()) : Plan.NOTHING;
    }

    static Plan createIfAbsent(ClusterState state, String family) {
        return state.get(Key.family(family)).isPresent() ? Plan.NOTHING : Plan.of(Change.create(new Family(family, 1)));
    }

    static Plan count(ClusterState state, Key key) {
        int next = state.get(key, Family.class).orElseThrow().lastRevision() + 1;
        return new Plan.Builder().update(state, new Family(key.id(), next)).build();
    }

    static Key setting(String name) {
        return new Key(Kind.SETTING, name);
    }

    static Key copyOf(String name) {
        return Key.family("copy-" + name);
    }

    static List<String> written(Plan plan) {
        return plan.changes().stream().map(change -> change.key().id()).toList();
    }
}
