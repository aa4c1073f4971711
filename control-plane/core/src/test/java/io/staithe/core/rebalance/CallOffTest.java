package io.staithe.core.rebalance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.GivenTask;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.RebalancingStatus.CalledOff;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CallOffTest {
    private static final ServiceId WEB = new ServiceId("default", "web");

    private final GivenZones given = new GivenZones();
    private ContainerInstance first;
    private ContainerInstance second;
    private Task leaving;

    @BeforeEach
    void aTaskIsToMove() {
        given.rebalancing(new Rebalancing(true, 5, 100, 0, false, List.of()));
        first = given.host("a");
        given.balanced("web", 2);
        second = given.host("b");
        given.world.settle();
        leaving = given.leaving().get(0);
    }

    @Test
    void aReplacementThatDoesNotBecomeHealthyInTimeIsStopped() {
        given.world.pass(CallOff.PATIENCE.minusSeconds(1)).settle();
        assertEquals(1, given.leaving().size());
        given.world.pass(Duration.ofSeconds(1)).settle();
        assertEquals(List.of(), given.leaving());
        given.world.converge();
        assertEquals(Map.of("a", 2), given.zones("web"));
        assertEquals(true, given.world.task(leaving.id()).isActive());
        assertEquals(
                List.of("(service web) does not move task " + leaving.id()
                        + " after all: its replacement was not healthy within 600 s."),
                given.messagesWith("after all"));
    }

    @Test
    void itsServiceIsLeftAloneForAWhile() {
        given.world.pass(CallOff.PATIENCE).converge();
        assertEquals(List.of("service web BACKING_OFF"), given.heldBack());
        given.world.pass(Duration.ofMinutes(9)).converge();
        assertEquals(Map.of("a", 2), given.zones("web"));
        given.world.pass(Duration.ofMinutes(1)).converge();
        assertEquals(Map.of("a", 1, "b", 1), given.zones("web"));
    }

    @Test
    void aTaskThatIsProtectedMeanwhileStaysAndAnotherMoves() {
        given.world.put(
                leaving.but().protectedUntil(given.world.now.plusSeconds(3600)).build());
        given.world.converge();
        assertEquals(true, given.world.task(leaving.id()).isActive());
        assertEquals(Map.of("a", 1, "b", 1), given.zones("web"));
    }

    @Test
    void aReplacementThatFindsNoHostIsNotWaitedFor() {
        // The new host is lost, and the old one is full.
        given.world.put(GivenTask.task(71)
                .needs(128, 3500, 0)
                .on(first, LastStatus.RUNNING)
                .build());
        given.world.put(given.world
                .host(second.id())
                .but()
                .status(ContainerInstance.Status.INACTIVE)
                .build());
        given.world.converge();
        assertEquals(List.of(), given.leaving());
        assertEquals(2, given.world.running("web").size());
        assertEquals(1, given.messagesWith("found no host").size());
    }

    @Test
    void aNewerDeploymentDecidesAboutItsTasksItself() {
        given.change("web", service -> service.deploymentConfiguration(DeploymentConfiguration.of(0, 100)));
        given.world.deploy("web", given.world.definition("web", 2, 256));
        given.world.settle();
        assertEquals(List.of(), given.leaving());
        assertEquals(List.of(), given.status().calledOff(), "nothing has failed");
        given.world.rest();
        assertEquals(2, given.world.running("web").size());
    }

    @Test
    void aHostThatDrainsDecidesAboutItsTasksItself() {
        given.world.put(given.world
                .host(first.id())
                .but()
                .status(ContainerInstance.Status.DRAINING)
                .build());
        given.world.rest();
        assertEquals(Map.of("b", 2), given.zones("web"));
        assertEquals(List.of(), given.status().calledOff());
    }

    @Test
    void eachFailureInARowDoublesThePause() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        List<Long> minutes = new ArrayList<>();
        List<CalledOff> failed = List.of();
        for (int i = 0; i < 8; i++) {
            failed = CallOff.after(failed, WEB, now);
            minutes.add(Duration.between(now, failed.get(0).notBefore()).toMinutes());
            now = failed.get(0).notBefore();
        }
        assertEquals(List.of(10L, 20L, 40L, 80L, 160L, 320L, 360L, 360L), minutes);
        assertEquals(1, failed.size());
    }

    @Test
    void whatFailedLongAgoIsForgotten() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        List<CalledOff> failed = CallOff.after(List.of(), WEB, now);
        Instant later = now.plus(Duration.ofHours(7));
        assertEquals(1, CallOff.after(failed, WEB, later).get(0).times());
        assertEquals(
                1, CallOff.after(failed, new ServiceId("default", "api"), later).size());
    }
}
