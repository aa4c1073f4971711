package io.staithe.core.instance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrainDeadlineTest {
    private static final Duration TIME = Duration.ofMinutes(10);

    private final World world = new World();
    private final ContainerInstance host = world.host("one", 1024, 1024);
    private final TaskDefinition definition = world.definition("web", 1, 256);

    /** Nowhere else is room, so that no replacement can start. */
    private void drain(Instant deadline) {
        world.put(world.host(host.id())
                .but()
                .status(ContainerInstance.Status.DRAINING)
                .drainDeadline(deadline)
                .build());
        world.converge();
    }

    @Test
    void whatCannotBeReplacedStaysUntilTheDeadlineAndThenStops() {
        world.service("web", definition, 2);
        world.converge();
        world.pass(Duration.ofMinutes(1)).converge();
        List<Task> running = world.running("web");
        Instant deadline = world.now.plus(TIME);
        drain(deadline);
        world.pass(TIME.minusMillis(1)).converge();
        assertEquals(2, world.running("web").size());
        assertTrue(!world.wakeAt().orElseThrow().isAfter(deadline));
        world.pass(Duration.ofMillis(1)).converge();
        assertEquals(List.of(), world.running("web"));
        for (Task task : running) {
            assertEquals(
                    StopCode.ServiceSchedulerInitiated, world.task(task.id()).stopCode());
            assertEquals(
                    "The host of this task is draining, and its deadline " + deadline + " has passed",
                    world.task(task.id()).stoppedReason());
        }
    }

    @Test
    void protectionEndsWithIt() {
        world.service("web", definition, 1);
        world.converge();
        Task only = world.running("web").get(0);
        world.put(only.but().protectedUntil(world.now.plus(Duration.ofHours(1))).build());
        drain(world.now.plus(TIME));
        world.pass(TIME).converge();
        assertTrue(world.task(only.id()).isStopped());
    }

    @Test
    void aTaskWithoutServiceStopsToo() {
        Task alone = world.put(
                GivenTask.task(900).of(definition).on(host, LastStatus.RUNNING).build());
        drain(world.now.plus(TIME));
        assertTrue(world.task(alone.id()).isActive());
        world.pass(TIME).converge();
        assertEquals(StopCode.TerminationNotice, world.task(alone.id()).stopCode());
    }

    @Test
    void daemonsGoLast() {
        world.daemon("agent", world.definition("agent", 1, 128));
        world.service("web", definition, 1);
        world.converge();
        Task daemon = world.running("agent").get(0);
        drain(world.now.plus(TIME));
        world.pass(TIME).settle();
        assertTrue(world.active("web").stream().noneMatch(task -> host.id().equals(task.instance())));
        assertTrue(world.task(daemon.id()).isActive());
        world.converge();
        assertTrue(world.task(daemon.id()).isStopped());
    }

    @Test
    void withoutADeadlineNothingStopsByForce() {
        world.service("web", definition, 1);
        world.converge();
        world.pass(Duration.ofMinutes(1)).converge();
        drain(null);
        world.pass(Duration.ofDays(1)).converge();
        assertEquals(1, world.running("web").size());
    }
}
