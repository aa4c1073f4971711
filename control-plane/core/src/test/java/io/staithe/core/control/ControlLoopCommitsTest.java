package io.staithe.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Family;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Setting;
import io.staithe.core.state.Change;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the store answers to a plan, and what of it was seen when. */
class ControlLoopCommitsTest extends ControlLoopScene {
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
}
