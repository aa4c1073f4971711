package io.staithe.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import io.staithe.core.store.Event;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is looked at, in which order, and what one plan holds. */
class ControlLoopTest extends ControlLoopScene {
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
}
