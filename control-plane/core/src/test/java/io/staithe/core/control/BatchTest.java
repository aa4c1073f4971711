package io.staithe.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Family;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.ServiceEvent;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Guard;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;
import io.staithe.core.state.Versioned;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long STORED_AT = 5;
    private static final Key STORED = Key.family("stored");

    private final ClusterState base = ClusterState.of(9, List.of(new Versioned<>(new Family("stored", 1), STORED_AT)));
    private final Batch batch = new Batch(base, List.of());

    @Test
    void anEmptyBatchIsNoPlan() {
        batch.add(Plan.NOTHING);
        assertTrue(batch.isEmpty());
        assertEquals(Optional.empty(), batch.plan(NOW));
    }

    @Test
    void aSecondWriteKeepsTheFirstExpectationAndTheLastContent() {
        put("stored", 2);
        put("stored", 3);
        assertEquals(List.of(Change.put(new Family("stored", 3), STORED_AT)), changes());
    }

    @Test
    void createdAndChangedIsCreated() {
        put("new", 1);
        put("new", 2);
        assertEquals(List.of(Change.create(new Family("new", 2))), changes());
    }

    @Test
    void createdAndDeletedNeverWas() {
        put("new", 1);
        delete("new");
        assertEquals(Optional.empty(), batch.plan(NOW));
    }

    @Test
    void changedAndDeletedIsDeleted() {
        put("stored", 2);
        delete("stored");
        assertEquals(List.of(Change.delete(STORED, STORED_AT)), changes());
    }

    @Test
    void deletedAndMadeAgainIsChanged() {
        delete("stored");
        put("stored", 7);
        assertEquals(List.of(Change.put(new Family("stored", 7), STORED_AT)), changes());
    }

    @Test
    void theNextPlanBuildsOnTheOneBefore() {
        put("new", 1);
        assertTrue(batch.ahead().get(Key.family("new")).isPresent());
        assertTrue(base.get(Key.family("new")).isEmpty());
    }

    @Test
    void aGuardOnWhatIsWrittenIsCoveredByTheWrite() {
        batch.add(new Plan.Builder()
                .guard(base, STORED)
                .create(new Family("new", 1))
                .build());
        put("stored", 2);
        batch.add(new Plan.Builder()
                .guard(batch.ahead(), STORED)
                .create(new Family("newer", 1))
                .build());
        assertEquals(List.of(), batch.plan(NOW).orElseThrow().guards());
    }

    @Test
    void theSameGuardCountsOnce() {
        for (String name : List.of("a", "b"))
            batch.add(new Plan.Builder()
                    .guard(batch.ahead(), STORED)
                    .create(new Family(name, 1))
                    .build());
        assertEquals(
                List.of(new Guard(STORED, STORED_AT)),
                batch.plan(NOW).orElseThrow().guards());
    }

    @Test
    void aPlanFillsACommitAndNoMore() {
        assertTrue(batch.hasRoomFor(creations(0, Plan.MAX_OPERATIONS)));
        assertFalse(batch.hasRoomFor(creations(0, Plan.MAX_OPERATIONS + 1)));
        batch.add(creations(0, 100));
        assertTrue(batch.hasRoomFor(creations(100, 20)));
        assertFalse(batch.hasRoomFor(creations(100, 21)));
    }

    @Test
    void fencesAndReasonsTakeRoomToo() {
        Batch fenced = new Batch(base, List.of(new Guard(Key.family("leader"), 1)));
        assertTrue(fenced.hasRoomFor(creations(0, Plan.MAX_OPERATIONS - 1)));
        assertFalse(fenced.hasRoomFor(creations(0, Plan.MAX_OPERATIONS)));
        Plan explained = new Plan.Builder()
                .addAll(creations(0, Plan.MAX_OPERATIONS - 1))
                .because(reason())
                .build();
        assertTrue(batch.hasRoomFor(explained));
        assertFalse(fenced.hasRoomFor(explained));
    }

    @Test
    void reasonsAreDroppedWhenTooManyWaitToBeRead() {
        assertEquals(1, eventsWhenStored(Batch.MAX_STORED_EVENTS - 1));
        assertEquals(0, eventsWhenStored(Batch.MAX_STORED_EVENTS));
    }

    @Test
    void plannedAgainTheEventsAreTheSame() {
        Plan plan = explained();
        batch.add(plan);
        Batch again = new Batch(base, List.of());
        again.add(plan);
        assertEquals(batch.plan(NOW), again.plan(NOW));
    }

    private static int eventsWhenStored(int stored) {
        List<Versioned<?>> events = new ArrayList<>();
        for (int i = 0; i < stored; i++)
            events.add(new Versioned<>(new ServiceEvent("e" + i, NOW, "/x", null, null, "X", "x"), 1));
        Batch full = new Batch(ClusterState.of(1, events), List.of());
        full.add(explained());
        Plan plan = full.plan(NOW).orElseThrow();
        assertEquals(List.of(reason()), plan.reasons());
        return (int) plan.changes().stream()
                .filter(change -> change.key().kind() == Kind.EVENT)
                .count();
    }

    private static Plan explained() {
        return new Plan.Builder().create(new Family("new", 1)).because(reason()).build();
    }

    private static Reason reason() {
        return new Reason(STORED, null, null, "TESTED", "because of the test");
    }

    private void put(String family, int revision) {
        batch.add(new Plan.Builder()
                .update(batch.ahead(), new Family(family, revision))
                .build());
    }

    private void delete(String family) {
        batch.add(new Plan.Builder().delete(batch.ahead(), Key.family(family)).build());
    }

    private static Plan creations(int from, int count) {
        Plan.Builder plan = new Plan.Builder();
        IntStream.range(from, from + count).forEach(i -> plan.create(new Family("f" + i, 1)));
        return plan.build();
    }

    private List<Change> changes() {
        return batch.plan(NOW).orElseThrow().changes();
    }
}
