package io.staithe.core.rebalance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.control.Preview;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import io.staithe.core.state.Change;
import io.staithe.core.state.Plan;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ForeseenMovesTest {
    private final GivenZones given = new GivenZones();

    @Test
    void whatIsForeseenIsWhatMoves() {
        given.rebalancing(new Rebalancing(false, 2, 30, 0, false, List.of()));
        ContainerInstance from = given.host("a");
        given.balanced("web", 6);
        ContainerInstance to = given.host("b");
        given.world.rest();
        Plan change = Plan.of(Change.put(
                given.cluster()
                        .but()
                        .rebalancing(new Rebalancing(true, 2, 30, 0, false, List.of()))
                        .build(),
                Change.ANY));
        Preview.Outcome foreseen = Preview.of(given.world.state(), change, given.world.now);
        assertEquals(3, foreseen.moved().size());
        for (Preview.Move move : foreseen.moved()) {
            assertEquals(from.id(), move.task().instance());
            assertEquals(to.id(), move.replacement().instance());
        }
        assertEquals(List.of(), foreseen.started());
        assertEquals(List.of(), foreseen.stopped());
        given.world.commit(change);
        given.world.rest();
        Set<TaskId> moved =
                foreseen.moved().stream().map(move -> move.replacement().id()).collect(Collectors.toSet());
        assertEquals(
                moved,
                given.world.active("web").stream()
                        .filter(task -> to.id().equals(task.instance()))
                        .map(Task::id)
                        .collect(Collectors.toSet()));
    }
}
