package io.staithe.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Family;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.ServiceEvent;
import io.staithe.core.model.Setting;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Guard;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Event;
import io.staithe.core.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** The loop with reconcilers of the test's own. Most make a family {@code copy-X} for each setting {@code X}. */
class ControlLoopTest {
    private final MemoryStore store = new MemoryStore();
    private final Queue<Event> events = new ArrayDeque<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final FakeReconciler copier = FakeReconciler.each("copier", Setting.class, ControlLoopTest::copy);
    private ControlLoop loop = new ControlLoop(List.of(copier), List.of());

    @Test
    void plansNothingBeforeAViewIsOpen() {
        assertTrue(loop.needsView());
        assertEquals(Optional.empty(), loop.next(now));
        assertEquals(Optional.empty(), loop.wakeAt());
        loop.on(new Event.Changed(1, List.of()));
        assertSame(ClusterState.EMPTY, loop.current());
    }

    @Test
    void looksAtEverythingInTheSnapshotAtFirst() {
        put("a");
        put("b");
        open();
        assertEquals(List.of("copy-a", "copy-b"), written(loop.next(now).orElseThrow()));
    }

    @Test
    void onePlanIsInFlight() {
        open();
        put("a");
        deliver();
        Plan plan = loop.next(now).orElseThrow();
        put("b");
        deliver();
        assertEquals(Optional.empty(), loop.next(now));
        assertEquals(Optional.empty(), loop.wakeAt());
        commit(plan);
        assertEquals(List.of("copy-b"), written(loop.next(now).orElseThrow()));
    }

    @Test
    void aCommittedPlanIsFoldedInThoughItsEventIsLate() {
        open();
        put("a");
        deliver();
        commit(loop.next(now).orElseThrow());
        assertTrue(loop.current().get(copyOf("a")).isPresent());
        assertEquals(Optional.empty(), loop.next(now));
        deliver();
        assertEquals(Optional.empty(), loop.next(now), "its own event brings nothing new");
        assertEquals(store.state().revision(), loop.current().revision());
    }

    @Test
    void severalPlansMayBeCommittedAndNotSeen() {
        for (int i = 100; i < 400; i++) put("s" + i);
        open();
        for (int plans = 0; plans < 3; plans++) commit(loop.next(now).orElseThrow());
        assertEquals(300, loop.current().count(Kind.FAMILY));
        assertEquals(3, events.size());
        while (!events.isEmpty()) {
            loop.on(events.remove());
            assertEquals(300, loop.current().count(Kind.FAMILY), "nothing is forgotten while events trickle in");
        }
        assertEquals(Optional.empty(), loop.next(now));
    }

    @Test
    void aViewThatIsTooFarBehindIsNotPlannedOn() {
        FakeReconciler counter = FakeReconciler.each("counter", Family.class, (state, key, at) -> count(state, key));
        loop = new ControlLoop(List.of(counter), List.of());
        store.commit(Plan.of(Change.create(new Family("count", 1))));
        open();
        int committed = 0;
        for (Optional<Plan> plan = loop.next(now); plan.isPresent(); plan = loop.next(now)) {
            commit(plan.get());
            committed++;
            assertTrue(committed <= 32, "goes on without ever seeing an event");
        }
        assertEquals(32, committed);
        assertEquals(Optional.empty(), loop.wakeAt());
        deliver();
        assertTrue(loop.next(now).isPresent());
    }

    @Test
    void anEventThatArrivesBeforeTheAnswerCountsOnce() {
        open();
        put("a");
        deliver();
        Plan plan = loop.next(now).orElseThrow();
        CommitResult result = store.commit(plan);
        deliver();
        loop.on(result, now);
        assertEquals(store.state().revision(), loop.current().revision());
        assertEquals(Optional.empty(), loop.next(now));
    }

    @Test
    void aConflictPausesAndThenPlansAgain() {
        open();
        put("a");
        deliver();
        assertTrue(loop.next(now).isPresent());
        loop.on(new CommitResult.Conflict(copyOf("a")), now);
        assertEquals(Optional.empty(), loop.next(now));
        assertEquals(Optional.of(now.plusMillis(200)), loop.wakeAt());
        now = now.plusMillis(200);
        assertEquals(List.of("copy-a"), written(loop.next(now).orElseThrow()));
    }

    @Test
    void theEventThatExplainsAConflictEndsThePause() {
        open();
        put("a");
        deliver();
        Plan plan = loop.next(now).orElseThrow();
        store.commit(Plan.of(Change.create(new Family("copy-a", 9))));
        commit(plan);
        deliver();
        assertEquals(Optional.empty(), loop.next(now), "the copy is there already");
        assertFalse(loop.wakeAt().isPresent());
    }

    @Test
    void afterAConflictWhatWasDecidedOnThePlanIsDecidedAgain() {
        Key about = Key.cluster("default");
        FakeReconciler watcher = FakeReconciler.one(
                "watcher",
                Setting.class,
                about,
                (state, key, at) -> state.get(copyOf("a")).isPresent()
                                || state.get(setting("a")).isEmpty()
                        ? Plan.NOTHING
                        : createIfAbsent(state, "alarm"));
        boolean[] wanted = {true};
        FakeReconciler fickle = FakeReconciler.each(
                "fickle", Setting.class, (state, key, at) -> wanted[0] ? copy(state, key, at) : Plan.NOTHING);
        loop = new ControlLoop(List.of(fickle, watcher), List.of());
        open();
        put("a");
        deliver();
        assertEquals(List.of("copy-a"), written(loop.next(now).orElseThrow()));
        wanted[0] = false;
        loop.on(new CommitResult.Conflict(Key.cluster("guarded")), now);
        now = now.plusMillis(200);
        assertEquals(List.of("alarm"), written(loop.next(now).orElseThrow()));
    }

    @Test
    void anUnknownEndNeedsAView() {
        open();
        put("a");
        deliver();
        Plan plan = loop.next(now).orElseThrow();
        store.commit(plan);
        loop.on(new CommitResult.Unknown("timed out"), now);
        assertTrue(loop.needsView());
        assertEquals(Optional.empty(), loop.next(now));
        open();
        assertEquals(Optional.empty(), loop.next(now), "the snapshot shows that it was committed");
    }

    @Test
    void aLostViewNeedsAnother() {
        open();
        store.loseViews("compacted");
        deliver();
        assertTrue(loop.needsView());
        put("a");
        open();
        assertEquals(List.of("copy-a"), written(loop.next(now).orElseThrow()));
    }

    @Test
    void anAnswerToAPlanOfBeforeTheViewIsNotMistakenForANewOne() {
        open();
        put("a");
        deliver();
        assertTrue(loop.next(now).isPresent());
        open();
        loop.on(new CommitResult.Conflict(copyOf("a")), now);
        assertTrue(loop.next(now).isPresent(), "nothing is in flight, so nothing pauses");
    }

    @Test
    void aReconcilerThatThrowsRestsAloneLongerEachTime() {
        FakeReconciler broken = FakeReconciler.each("broken", Setting.class, (state, key, at) -> {
            if (key.id().equals("bad")) throw new IllegalStateException("poison");
            return Plan.NOTHING;
        });
        loop = new ControlLoop(List.of(broken, copier), List.of());
        open();
        put("bad");
        put("good");
        deliver();
        assertEquals(List.of("copy-bad", "copy-good"), written(loop.next(now).orElseThrow()));
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            ControlLoop.Failure failure = onlyFailure();
            assertEquals("broken", failure.reconciler());
            assertEquals("poison", failure.cause().getMessage());
            pauses.add(Duration.between(now, failure.retryAt()).toSeconds());
            if (i == 0) isCommitted();
            assertEquals(Optional.of(failure.retryAt()), loop.wakeAt());
            now = failure.retryAt();
            assertEquals(Optional.empty(), loop.next(now));
        }
        assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L, 60L), pauses);
    }

    @Test
    void aReconcilerThatCannotTellWhatAnObjectConcernsHoldsUpNobody() {
        FakeReconciler lost = FakeReconciler.lost("lost", Setting.class);
        loop = new ControlLoop(List.of(lost, copier), List.of());
        open();
        put("a");
        deliver();
        assertEquals(List.of("copy-a"), written(loop.next(now).orElseThrow()));
        ControlLoop.Failure failure = onlyFailure();
        assertEquals("lost", failure.reconciler());
        assertEquals(Instant.MAX, failure.retryAt());
    }

    @Test
    void aSuccessForgetsTheFailuresBefore() {
        boolean[] broken = {true};
        FakeReconciler moody = FakeReconciler.each("moody", Setting.class, (state, key, at) -> {
            if (broken[0]) throw new IllegalStateException("not now");
            return Plan.NOTHING;
        });
        loop = new ControlLoop(List.of(moody), List.of());
        open();
        put("a");
        deliver();
        loop.next(now);
        now = onlyFailure().retryAt();
        loop.next(now);
        now = onlyFailure().retryAt();
        broken[0] = false;
        loop.next(now);
        assertEquals(List.of(), loop.failures());
        broken[0] = true;
        store.commit(Plan.of(Change.put(new Setting("a", "2"), Change.ANY)));
        deliver();
        loop.next(now);
        assertEquals(now.plusSeconds(1), onlyFailure().retryAt());
    }

    @Test
    void aPlanThatIsTooLargeRestsAloneLongerEachTime() {
        FakeReconciler greedy = FakeReconciler.one("greedy", Setting.class, Key.cluster("all"), (state, key, at) -> {
            Plan.Builder plan = new Plan.Builder();
            for (int i = 0; i <= Plan.MAX_OPERATIONS; i++) plan.create(new Family("many-" + i, 1));
            return plan.build();
        });
        loop = new ControlLoop(List.of(greedy, copier), List.of());
        open();
        put("a");
        deliver();
        assertEquals(List.of("copy-a"), written(loop.next(now).orElseThrow()), "others go on");
        isCommitted();
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ControlLoop.Failure failure = onlyFailure();
            pauses.add(Duration.between(now, failure.retryAt()).toSeconds());
            now = failure.retryAt();
            assertEquals(Optional.empty(), loop.next(now));
        }
        assertEquals(List.of(1L, 2L, 4L, 8L), pauses);
    }

    @Test
    void onlyTheLastHundredFailuresAreKept() {
        FakeReconciler broken = FakeReconciler.each("broken", Setting.class, (state, key, at) -> {
            throw new IllegalStateException(key.id());
        });
        loop = new ControlLoop(List.of(broken), List.of());
        for (int i = 100; i < 250; i++) put("s" + i);
        open();
        loop.next(now);
        List<ControlLoop.Failure> failures = loop.failures();
        assertEquals(100, failures.size());
        assertEquals("s150", failures.get(0).cause().getMessage());
        assertEquals(List.of(), loop.failures());
    }

    @Test
    void whatDoesNotFitWaitsForTheNextPlan() {
        for (int i = 100; i < 250; i++) put("s" + i);
        open();
        int written = 0;
        for (Optional<Plan> plan = loop.next(now); plan.isPresent(); plan = loop.next(now)) {
            assertTrue(plan.get().changes().size() <= Plan.MAX_OPERATIONS);
            written += plan.get().changes().size();
            commit(plan.get());
        }
        assertEquals(150, written);
    }

    @Test
    void aReconcilerThatNeverSettlesDoesNotHangTheLoop() {
        FakeReconciler counter = FakeReconciler.each("counter", Family.class, (state, key, at) -> count(state, key));
        loop = new ControlLoop(List.of(counter), List.of());
        store.commit(Plan.of(Change.create(new Family("count", 1))));
        open();
        assertTrue(loop.next(now).isPresent());
        assertTrue(counter.asked.size() <= 5_000);
    }

    @Test
    void everyPlanIsFenced() {
        Guard fence = new Guard(new Key(Kind.LEADER, "control-plane"), 7);
        loop = new ControlLoop(List.of(copier), List.of(fence));
        put("a");
        open();
        assertEquals(List.of(fence), loop.next(now).orElseThrow().guards());
    }

    @Test
    void anAppointmentIsKept() {
        Instant at = now.plusSeconds(90);
        FakeReconciler patient = FakeReconciler.each(
                "patient",
                Setting.class,
                (state, key, time) -> time.isBefore(at) ? Plan.wakeAt(at) : copy(state, key, time));
        loop = new ControlLoop(List.of(patient), List.of());
        put("a");
        open();
        assertEquals(Optional.of(Instant.EPOCH), loop.wakeAt(), "there is something to look at");
        assertEquals(Optional.empty(), loop.next(now));
        assertEquals(Optional.of(at), loop.wakeAt());
        assertEquals(Optional.empty(), loop.next(at.minusNanos(1)));
        assertEquals(List.of("copy-a"), written(loop.next(at).orElseThrow()));
    }

    @Test
    void laterReconcilersBuildOnWhatEarlierOnesPlan() {
        FakeReconciler second = FakeReconciler.each(
                "second",
                Family.class,
                (state, key, at) ->
                        key.id().startsWith("copy-") ? createIfAbsent(state, "second-" + key.id()) : Plan.NOTHING);
        loop = new ControlLoop(List.of(copier, second), List.of());
        put("a");
        open();
        assertEquals(List.of("copy-a", "second-copy-a"), written(loop.next(now).orElseThrow()));
    }

    @Test
    void reasonsBecomeEventsWithUniqueIdsInOrder() {
        FakeReconciler talker = FakeReconciler.each("talker", Setting.class, (state, key, at) -> {
            Plan copy = copy(state, key, at);
            if (copy.isEmpty()) return copy;
            return new Plan.Builder()
                    .addAll(copy)
                    .because(new Reason(key, null, null, "COPIED", "first " + key.id()))
                    .because(new Reason(key, null, null, "COPIED", "second " + key.id()))
                    .build();
        });
        loop = new ControlLoop(List.of(talker), List.of());
        open();
        for (String name : List.of("b", "a", "c")) {
            put(name);
            deliver();
            commit(loop.next(now).orElseThrow());
            if (name.equals("a")) now = now.plusSeconds(1);
        }
        List<ServiceEvent> inOrderOfIds = store.all(Kind.EVENT, ServiceEvent.class);
        assertEquals(
                List.of("first b", "second b", "first a", "second a", "first c", "second c"),
                inOrderOfIds.stream().map(ServiceEvent::message).toList());
        assertEquals("/settings/b", inOrderOfIds.get(0).about());
    }

    private void put(String name) {
        store.commit(Plan.of(Change.create(new Setting(name, "1"))));
    }

    private void open() {
        events.clear();
        loop.open(store.open(events::add).snapshot());
    }

    private void deliver() {
        while (!events.isEmpty()) loop.on(events.remove());
    }

    private void commit(Plan plan) {
        loop.on(store.commit(plan), now);
    }

    /** What is in flight was committed. */
    private void isCommitted() {
        loop.on(new CommitResult.Committed(store.state().revision()), now);
    }

    private ControlLoop.Failure onlyFailure() {
        List<ControlLoop.Failure> failures = loop.failures();
        assertEquals(1, failures.size(), failures.toString());
        return failures.get(0);
    }

    private static Plan copy(ClusterState state, Key key, Instant now) {
        return state.get(key).isPresent() ? createIfAbsent(state, "copy-" + key.id()) : Plan.NOTHING;
    }

    private static Plan createIfAbsent(ClusterState state, String family) {
        return state.get(Key.family(family)).isPresent() ? Plan.NOTHING : Plan.of(Change.create(new Family(family, 1)));
    }

    private static Plan count(ClusterState state, Key key) {
        int next = state.get(key, Family.class).orElseThrow().lastRevision() + 1;
        return new Plan.Builder().update(state, new Family(key.id(), next)).build();
    }

    private static Key setting(String name) {
        return new Key(Kind.SETTING, name);
    }

    private static Key copyOf(String name) {
        return Key.family("copy-" + name);
    }

    private static List<String> written(Plan plan) {
        return plan.changes().stream().map(change -> change.key().id()).toList();
    }
}
