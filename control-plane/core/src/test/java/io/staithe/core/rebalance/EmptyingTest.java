package io.staithe.core.rebalance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.GivenTask;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DisruptionBudget;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Rebalancing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two hosts, each filled by one service; then the one with little left could be emptied onto the other. */
class EmptyingTest {
    private static final Rebalancing DEFRAGMENT = new Rebalancing(true, 5, 100, 0, true, List.of());

    private final GivenZones given = new GivenZones();
    private ContainerInstance first;
    private ContainerInstance second;

    @BeforeEach
    void twoHosts() {
        first = given.host("a");
        second = given.host("a");
    }

    @Test
    void aHostWithLittleLeftBecomesEmpty() {
        scattered(List.of(GivenZones.BINPACK));
        given.rebalancing(DEFRAGMENT);
        given.world.rest();
        assertEquals(1, given.onHosts("web").size());
        assertEquals(3, given.world.running("web").size());
        assertEquals(1, given.status().moves().size(), "the cheaper of the two");
    }

    @Test
    void onlyWhereItIsAskedFor() {
        scattered(List.of(GivenZones.BINPACK));
        given.world.rest();
        assertEquals(2, given.onHosts("web").size());
    }

    @Test
    void notForServicesThatSpread() {
        scattered(List.of());
        given.rebalancing(DEFRAGMENT);
        given.world.rest();
        assertEquals(2, given.onHosts("web").size());
    }

    @Test
    void notForServicesThatSpreadOverHostsBeforeTheyPack() {
        scattered(List.of(new PlacementStrategy("spread", "instanceId"), GivenZones.BINPACK));
        given.rebalancing(DEFRAGMENT);
        given.world.rest();
        assertEquals(2, given.onHosts("web").size());
    }

    @Test
    void notWhileATaskOfRunTaskIsThere() {
        scattered(List.of(GivenZones.BINPACK));
        given.world.put(GivenTask.task(71).on(first, LastStatus.RUNNING).build());
        given.world.put(GivenTask.task(72).on(second, LastStatus.RUNNING).build());
        given.rebalancing(DEFRAGMENT);
        given.world.settle();
        assertEquals(List.of(), given.leaving());
    }

    @Test
    void notWhereTheOthersHaveNoRoom() {
        given.packed("big", 2, 3000);
        given.packed("web", 1, 256);
        given.rebalancing(DEFRAGMENT);
        given.world.rest();
        assertEquals(List.of(), given.status().moves());
    }

    @Test
    void anEmptyHostIsNoPlaceToGo() {
        given.packed("web", 1, 256);
        given.rebalancing(DEFRAGMENT);
        given.world.rest();
        assertEquals(List.of(), given.status().moves());
    }

    @Test
    void aHostThatIsHeldBackSaysWhyOnce() {
        scattered(List.of(GivenZones.BINPACK));
        given.change("web", service -> service.disruptionBudget(new DisruptionBudget(0, 0)));
        given.rebalancing(DEFRAGMENT);
        given.world.rest().pass(Duration.ofMinutes(5)).rest();
        assertEquals(1, given.heldBack().size());
        assertEquals(true, given.heldBack().get(0).endsWith(" NO_BUDGET"));
        assertEquals(1, given.messagesWith("could become empty").size());
    }

    @Test
    void whatMayMoveAtOnceGoesFirstAndTheRestFollows() {
        scattered(List.of(GivenZones.BINPACK), 3, 2);
        given.rebalancing(new Rebalancing(true, 1, 100, 0, true, List.of()));
        given.world.settle();
        assertEquals(1, given.leaving().size());
        given.world.rest();
        assertEquals(List.of(5), List.copyOf(given.onHosts("web").values()));
        assertEquals(2, given.status().moves().size());
    }

    /** As a service that filled the first host leaves it: two tasks are there, and one on the other. */
    private void scattered(List<PlacementStrategy> strategies) {
        scattered(strategies, 2, 1);
    }

    private void scattered(List<PlacementStrategy> strategies, int onFirst, int onSecond) {
        given.packed("filling", 1, 4096 - 256 * onFirst - 100);
        given.service("web", onFirst + onSecond, strategies);
        given.change("filling", service -> service.desiredCount(0));
        given.world.rest();
        given.world.pass(Duration.ofMinutes(10));
        assertEquals(2, given.onHosts("web").size());
    }
}
