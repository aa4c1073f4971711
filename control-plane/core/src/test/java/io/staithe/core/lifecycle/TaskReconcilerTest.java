package io.staithe.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Containers;
import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TaskReconcilerTest {
    private final World world = new World();
    private final ContainerInstance host = world.host("host", 4096, 4096);

    @Test
    void aTaskThatIsStoppedBeforeItIsPlacedEndsAtOnce() {
        Task task = GivenTask.task(1).needs(0, 1 << 20, 0).build();
        world.put(task);
        world.settle();
        assertEquals(LastStatus.PROVISIONING, now(task).lastStatus());
        stop(task);
        assertEquals(LastStatus.STOPPED, now(task).lastStatus());
        assertEquals(world.now, now(task).stoppedAt());
        assertEquals(StopCode.UserInitiated, now(task).stopCode());
    }

    @Test
    void trafficWaitsForTheContainersOwnChecks() {
        ContainerInstance edge = world.edge("edge");
        world.targetGroup("web", 60);
        Task task = given(GivenTask.task(1)
                .of(world.definition("web", 1, 128, Containers.checked()))
                .behind(new LoadBalancerMapping("web", "app", 8080)));
        reports(task, HealthStatus.UNKNOWN);
        assertEquals(LastStatus.PENDING, now(task).lastStatus());
        reports(task, HealthStatus.HEALTHY);
        assertEquals(LastStatus.ACTIVATING, now(task).lastStatus());
        world.says(edge, task, TargetHealth.State.INITIAL);
        world.settle();
        assertEquals(LastStatus.RUNNING, now(task).lastStatus());
        assertNull(now(task).healthySince());
        world.says(edge, task, TargetHealth.State.HEALTHY);
        world.settle();
        assertEquals(world.now, now(task).healthySince());
    }

    @Test
    void withoutALoadBalancerItRunsBeforeItIsHealthy() {
        Task task = given(GivenTask.task(1).of(world.definition("web", 1, 128, Containers.checked())));
        reports(task, HealthStatus.UNKNOWN);
        assertEquals(LastStatus.RUNNING, now(task).lastStatus());
        assertNull(now(task).healthySince());
        world.pass(Duration.ofSeconds(5));
        reports(task, HealthStatus.HEALTHY);
        assertEquals(world.now, now(task).healthySince());
        reports(task, HealthStatus.UNHEALTHY);
        assertNull(now(task).healthySince());
    }

    @Test
    void aTaskWithoutAnyCheckBecomesHealthyByTimeAlone() {
        Task task = given(GivenTask.task(1).of(world.definition("web", 1, 128)));
        reports(task, HealthStatus.UNKNOWN);
        world.pass(TaskHealth.UNCHECKED_AFTER).settle();
        assertEquals(world.now, now(task).healthySince());
    }

    @Test
    void whatItsHostSaysOfItsEndIsKept() {
        Task task = given(GivenTask.task(1).of(world.definition("web", 1, 128)));
        world.report(task, ContainerReport.State.STOPPED, HealthStatus.UNKNOWN, StopCode.TaskFailedToStart);
        world.settle();
        assertEquals(LastStatus.STOPPED, now(task).lastStatus());
        assertEquals(StopCode.TaskFailedToStart, now(task).stopCode());
        assertTrue(world.messages().contains("task " + task.id() + " has stopped: because of the test"));
    }

    @Test
    void whatHasStoppedIsNotMovedAgain() {
        Task task = given(GivenTask.task(1).of(world.definition("web", 1, 128)));
        world.dies(task.id());
        world.settle();
        Task stopped = now(task);
        reports(task, HealthStatus.HEALTHY);
        world.disconnects(host);
        world.settle().pass(Duration.ofMinutes(5)).settle();
        assertEquals(stopped, now(task));
    }

    private Task given(GivenTask given) {
        Task task = given.on(host, LastStatus.PENDING).build();
        world.put(task);
        return task;
    }

    private void reports(Task task, HealthStatus health) {
        world.report(task, ContainerReport.State.RUNNING, health, null);
        world.settle();
    }

    private void stop(Task task) {
        world.put(now(task)
                .but()
                .stop(StopCode.UserInitiated, "as asked", world.now)
                .build());
        world.settle();
    }

    private Task now(Task task) {
        return world.task(task.id());
    }
}
