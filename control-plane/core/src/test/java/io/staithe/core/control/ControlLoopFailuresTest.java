package io.staithe.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.model.Family;
import io.staithe.core.model.Key;
import io.staithe.core.model.Setting;
import io.staithe.core.state.Change;
import io.staithe.core.state.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reconcilers that fail rest alone. */
class ControlLoopFailuresTest extends ControlLoopScene {
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
}
