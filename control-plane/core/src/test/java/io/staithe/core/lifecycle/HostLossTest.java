package io.staithe.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.Key;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Leader;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HostLossTest {
    private final World world = new World();
    private final TaskDefinition definition = world.definition("web", 1, 128);
    private final ContainerInstance host = world.host("host", 4096, 4096);
    private final Task task =
            GivenTask.task(1).of(definition).on(host, LastStatus.RUNNING).build();

    @Test
    void aTaskWithoutAHostCannotLoseIt() {
        assertEquals(Optional.empty(), lostAt(GivenTask.task(1).build()));
    }

    @Test
    void aConnectedHostIsThere() {
        assertEquals(Optional.empty(), lostAt(task));
    }

    @Test
    void aHostOutOfReachIsLostAfterHalfAMinute() {
        isOutOfReach();
        assertEquals(Optional.of(world.now.plusSeconds(30)), lostAt(task));
    }

    @Test
    void aHostThatIsBackIsNotLostWhateverWasWrittenOfIt() {
        world.put(host.but().disconnectedSince(world.now).build());
        assertEquals(Optional.empty(), lostAt(task));
    }

    @Test
    void afterAChangeOfLeaderEveryHostHasAMinuteToComeBack() {
        isOutOfReach();
        world.put(new Leader("new", world.now.plusSeconds(20)));
        assertEquals(Optional.of(world.now.plusSeconds(80)), lostAt(task));
        assertEquals(Optional.of(world.now.plusSeconds(80)), lostAt(ofService(0)));
        assertEquals(Optional.of(world.now.plusSeconds(3600)), lostAt(ofService(3600)));
    }

    @Test
    void theServiceMayChooseAnotherTime() {
        isOutOfReach();
        assertEquals(Optional.of(world.now), lostAt(ofService(0)));
        assertEquals(Optional.of(world.now.plusSeconds(3600)), lostAt(ofService(3600)));
        assertEquals(Optional.of(world.now.plusSeconds(30)), lostAt(ofService(null)));
    }

    @Test
    void aHostThatIsGoneWasLostAlready() {
        world.put(host.but().status(ContainerInstance.Status.INACTIVE).build());
        assertEquals(Optional.of(Instant.EPOCH), lostAt(task));
        world.delete(Key.instance(host.id()));
        assertEquals(Optional.of(Instant.EPOCH), lostAt(task));
    }

    @Test
    void aLostHostsTaskStopsInWhateverStateItWasPlaced() {
        int number = 0;
        for (LastStatus status : LastStatus.values()) {
            if (status == LastStatus.PROVISIONING || status == LastStatus.STOPPED) continue;
            Task placed =
                    GivenTask.task(++number).of(definition).on(host, status).build();
            world.put(placed);
        }
        world.disconnects(host);
        world.settle().pass(Duration.ofSeconds(30)).settle();
        world.state().tasksOn(host.id()).forEach(stopped -> {
            assertEquals(LastStatus.STOPPED, stopped.lastStatus());
            assertEquals(StopCode.TerminationNotice, stopped.stopCode());
        });
    }

    @Test
    void aHostThatReturnsInTimeKeepsItsTasks() {
        world.put(task);
        world.disconnects(host);
        world.settle().pass(Duration.ofSeconds(29)).settle();
        world.connects(host);
        world.settle().pass(Duration.ofHours(1)).settle();
        assertEquals(LastStatus.RUNNING, world.task(task.id()).lastStatus());
    }

    private Task ofService(@Nullable Integer lostAfterSeconds) {
        Service service = world.service(
                "web", ServiceRevision.of(definition.id()), 1, DeploymentConfiguration.DEFAULT, null, lostAfterSeconds);
        return GivenTask.task(1)
                .of(definition)
                .of(service, 0)
                .on(host, LastStatus.RUNNING)
                .build();
    }

    private void isOutOfReach() {
        world.disconnects(host);
        world.put(host.but().disconnectedSince(world.now).build());
    }

    private Optional<Instant> lostAt(Task of) {
        return HostLoss.lostAt(world.state(), of);
    }
}
