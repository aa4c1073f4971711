package io.staithe.core.rebalance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.Task;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ZoneBalanceTest {
    private final GivenZones given = new GivenZones();

    @Test
    void anEmptyZoneGetsItsShare() {
        given.host("a");
        given.host("b");
        given.balanced("web", 6);
        assertEquals(Map.of("a", 3, "b", 3), given.zones("web"));
        given.host("c");
        given.world.rest();
        assertEquals(Map.of("a", 2, "b", 2, "c", 2), given.zones("web"));
    }

    @Test
    void aDifferenceOfOneIsNotWorthAMove() {
        given.host("a");
        given.balanced("web", 1);
        given.host("b");
        given.world.rest();
        assertEquals(List.of(), given.status().moves());
    }

    @Test
    void nothingStopsBeforeItsReplacementIsHealthy() {
        given.host("a");
        given.balanced("web", 2);
        given.host("b");
        given.world.settle();
        assertEquals(1, given.leaving().size());
        assertEquals(3, given.world.active("web").size(), "the replacement starts first");
        assertEquals(2, given.world.running("web").size());
        given.world.rest();
        assertEquals(Map.of("a", 1, "b", 1), given.zones("web"));
        assertEquals(List.of(), given.leaving());
        assertEquals(
                1,
                given.messagesWith("has stopped: The task has been moved: has 2 tasks in")
                        .size());
    }

    @Test
    void alsoWhereADeploymentMightStopTasksFirst() {
        given.host("a");
        given.balanced("web", 2);
        given.change("web", service -> service.deploymentConfiguration(DeploymentConfiguration.of(0, 200)));
        given.host("b");
        given.world.settle();
        assertEquals(1, given.leaving().size());
        assertEquals(2, given.world.running("web").size());
        given.world.rest();
        assertEquals(Map.of("a", 1, "b", 1), given.zones("web"));
    }

    @Test
    void asManyMoveAtOnceAsTheClusterAllows() {
        given.rebalancing(new Rebalancing(true, 3, 30, 0, false, List.of()));
        given.host("a");
        given.balanced("web", 8);
        given.host("b");
        given.world.settle();
        assertEquals(3, given.leaving().size());
        given.world.rest();
        assertEquals(Map.of("a", 4, "b", 4), given.zones("web"));
        assertEquals(4, given.status().moves().size(), "one move for each task too many, and no more");
    }

    @Test
    void theMostUnevenServiceIsMovedFirst() {
        given.rebalancing(new Rebalancing(true, 1, 30, 0, false, List.of()));
        given.host("a");
        given.balanced("few", 2);
        given.balanced("many", 6);
        given.host("b");
        given.world.settle();
        assertEquals(
                List.of("default/many"),
                given.leaving().stream().map(task -> task.service().value()).toList());
    }

    @Test
    void everyMoveSaysWhatBecomesBetter() {
        given.host("a");
        given.balanced("web", 2);
        given.host("b");
        given.world.settle();
        Task leaving = given.leaving().get(0);
        String better = "has 2 tasks in Availability Zone a and 0 in b; afterwards it has 1 and 1";
        assertEquals(better, leaving.relocation().reason());
        assertEquals(
                List.of("(service web) moves task " + leaving.id() + " from host host1a to host2b: " + better + "."),
                given.messagesWith("moves task"));
    }

    @Test
    void whatHasJustStoppedDoesNotCountTwice() {
        given.rebalancing(new Rebalancing(true, 1, 30, 0, false, List.of()));
        given.host("a");
        given.balanced("web", 4);
        given.host("b");
        given.world.rest().pass(Duration.ofHours(2)).rest();
        assertEquals(Map.of("a", 2, "b", 2), given.zones("web"));
        assertTrue(given.status().moves().size() <= 2, given.status().moves().toString());
    }
}
