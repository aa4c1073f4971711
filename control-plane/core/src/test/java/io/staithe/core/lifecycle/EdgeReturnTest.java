package io.staithe.core.lifecycle;

import static io.staithe.core.model.TargetHealth.State.DRAINING;
import static io.staithe.core.model.TargetHealth.State.HEALTHY;
import static io.staithe.core.model.TargetHealth.State.UNUSED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerInstance.Status;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An edge host that was lost while a task began to stop, and is back before that has stopped. */
class EdgeReturnTest {
    private static final int DELAY_SECONDS = 300;

    private final World world = new World();
    private final ContainerInstance host = world.host("host", 4096, 4096);
    private final ContainerInstance edge = world.edge("edge");
    private final ContainerInstance other = world.edge("other");
    private Task stopping;
    private Task serving;

    @BeforeEach
    void aTaskIsStoppedWithoutTheWordOfALostEdge() {
        world.targetGroup("web", DELAY_SECONDS);
        stopping = served(1);
        serving = served(2);
        isLost(Status.ACTIVE);
        stop(stopping, LastStatus.DEACTIVATING);
        says(other, stopping, UNUSED);
        assertEquals(LastStatus.STOPPING, world.task(stopping.id()).lastStatus());
    }

    @Test
    void itCountsAsThereOnceItSendsNothingMoreToWhatIsStopping() {
        isBack();
        assertEquals(Status.LOST, world.host(edge.id()).status());
        says(edge, stopping, DRAINING);
        assertEquals(Status.LOST, world.host(edge.id()).status());
        says(edge, stopping, UNUSED);
        assertIsThere(Status.ACTIVE);
    }

    @Test
    void itCountsAsThereOnceThatHasStopped() {
        isBack();
        world.dies(stopping.id());
        world.settle();
        assertIsThere(Status.ACTIVE);
    }

    @Test
    void itCountsAsThereAfterTheDeregistrationDelayAtTheLatest() {
        isBack();
        assertEquals(Optional.of(world.now.plusSeconds(DELAY_SECONDS)), world.wakeAt());
        world.pass(Duration.ofSeconds(DELAY_SECONDS - 1)).settle();
        assertEquals(Status.LOST, world.host(edge.id()).status());
        world.pass(Duration.ofSeconds(1)).settle();
        assertIsThere(Status.ACTIVE);
    }

    @ParameterizedTest
    @EnumSource(names = {"DRAINING", "INACTIVE"})
    void soDoesOneThatWasTakenOutOfUse(Status status) {
        isLost(status);
        isBack();
        assertFalse(world.host(edge.id()).isConnected());
        says(edge, stopping, UNUSED);
        assertIsThere(status == Status.DRAINING ? Status.DRAINING : Status.ACTIVE);
    }

    @Test
    void aTaskThatIsAskedToStopNowWaitsForItAsWell() {
        isBack();
        stop(serving, LastStatus.DEACTIVATING);
        says(other, serving, UNUSED);
        assertEquals(LastStatus.DEACTIVATING, world.task(serving.id()).lastStatus());
        says(edge, serving, UNUSED);
        assertEquals(LastStatus.STOPPING, world.task(serving.id()).lastStatus());
    }

    @Test
    void aTaskWaitsNoLongerWhenItIsAwayAgain() {
        isBack();
        stop(serving, LastStatus.DEACTIVATING);
        says(other, serving, UNUSED);
        world.disconnects(edge);
        world.settle();
        assertEquals(LastStatus.STOPPING, world.task(serving.id()).lastStatus());
    }

    @Test
    void meanwhileItsWordOnHealthDoesNotCount() {
        says(edge, serving, TargetHealth.State.UNHEALTHY);
        isBack();
        assertTrue(world.task(serving.id()).healthySince() != null);
    }

    @Test
    void meanwhileItsOwnTasksAreNotLost() {
        Task patient = GivenTask.task(3)
                .of(world.definition("patient", 1, 6))
                .on(edge, LastStatus.RUNNING)
                .build();
        world.put(patient);
        isBack();
        world.pass(Duration.ofSeconds(DELAY_SECONDS - 1)).settle();
        assertEquals(LastStatus.RUNNING, world.task(patient.id()).lastStatus());
    }

    private Task served(int number) {
        Task task = GivenTask.task(number)
                .of(world.definition("web" + number, 1, 128))
                .behind(new LoadBalancerMapping("web", "app", 8080))
                .on(host, LastStatus.PENDING)
                .build();
        world.put(task);
        world.runs(task);
        says(edge, task, HEALTHY);
        says(other, task, HEALTHY);
        assertEquals(LastStatus.RUNNING, world.task(task.id()).lastStatus());
        return task;
    }

    private void isLost(Status before) {
        world.put(world.host(edge.id()).but().status(before).build());
        world.disconnects(edge);
        world.settle().pass(HostLoss.DEFAULT_TOLERANCE).settle();
    }

    private void isBack() {
        world.connects(edge);
        world.settle();
    }

    private void stop(Task task, LastStatus then) {
        world.put(world.task(task.id())
                .but()
                .stop(StopCode.UserInitiated, "as asked", world.now)
                .build());
        world.settle();
        assertEquals(then, world.task(task.id()).lastStatus());
    }

    private void says(ContainerInstance from, Task task, TargetHealth.State health) {
        world.says(from, task, health);
        world.settle();
    }

    private void assertIsThere(Status status) {
        assertEquals(status, world.host(edge.id()).status());
        assertTrue(world.host(edge.id()).isConnected());
    }
}
