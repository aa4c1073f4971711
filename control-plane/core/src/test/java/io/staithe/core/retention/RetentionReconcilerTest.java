package io.staithe.core.retention;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.Service;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetentionReconcilerTest {
    private static final Duration TICK = Duration.ofMillis(1);

    private final World world = new World();
    private final TaskDefinition definition = world.definition("web", 1, 128);
    private final ContainerInstance host = world.host("host", 4096, 4096);

    @Test
    void aStoppedTaskIsReadableForAnHour() {
        Task task =
                GivenTask.task(1).of(definition).on(host, LastStatus.PENDING).build();
        world.put(task);
        world.runs(task);
        world.dies(task.id());
        world.settle().pass(RetentionReconciler.STOPPED_TASKS.minus(TICK)).settle();
        assertTrue(world.state().report(task.id()).isPresent());
        assertEquals(LastStatus.STOPPED, world.task(task.id()).lastStatus());
        world.pass(TICK).settle();
        assertTrue(world.state().task(task.id()).isEmpty());
        assertTrue(world.state().report(task.id()).isEmpty());
    }

    @Test
    void aTaskThatHasNotStoppedIsNeverForgotten() {
        Task task =
                GivenTask.task(1).of(definition).on(host, LastStatus.RUNNING).build();
        world.put(task);
        world.settle().pass(Duration.ofDays(365)).settle();
        assertEquals(LastStatus.RUNNING, world.task(task.id()).lastStatus());
    }

    @Test
    void aServiceKeepsFiveHundredStoppedTasksTheNewest() {
        Service service = world.service("web", definition, 0);
        int many = RetentionReconciler.MAX_STOPPED_TASKS + 70;
        for (int i = 0; i < many; i++)
            world.put(GivenTask.task(i)
                    .of(definition)
                    .of(service, 0)
                    .createdAt(world.now.plusMillis(i))
                    .on(host, LastStatus.STOPPED)
                    .build());
        world.settle();
        assertEquals(
                RetentionReconciler.MAX_STOPPED_TASKS,
                world.state().tasksOf(service.id()).count());
        assertTrue(world.state().task(GivenTask.task(69).build().id()).isEmpty());
        assertTrue(world.state().task(GivenTask.task(70).build().id()).isPresent());
    }

    @Test
    void aServiceKeepsTenReplacedDeploymentsTheNewest() {
        Service service = world.service("web", definition, 0);
        world.settle();
        for (int revision = 2; revision <= 20; revision++) {
            world.pass(Duration.ofSeconds(1));
            world.deploy("web", definition);
            world.settle();
        }
        assertEquals(
                RetentionReconciler.MAX_OLD_DEPLOYMENTS,
                world.state()
                        .deploymentsOf(service.id())
                        .filter(d -> d.status() == Deployment.Status.INACTIVE)
                        .count());
        assertTrue(world.state().deployment(world.service("web").deployment()).isPresent());
        assertTrue(world.state().deployment(service.deployment()).isEmpty());
    }

    @Test
    void aDeletedServiceIsReadableForAnHour() {
        world.service("web", definition, 0);
        world.settle();
        world.put(world.service("web").but().status(Service.Status.DRAINING).build());
        world.settle().pass(RetentionReconciler.DELETED_SERVICES.minus(TICK)).settle();
        assertEquals(Service.Status.INACTIVE, world.service("web").status());
        world.pass(TICK).settle();
        assertEquals(0, world.state().count(Kind.SERVICE));
        assertEquals(0, world.state().count(Kind.DEPLOYMENT));
    }

    @ParameterizedTest
    @CsvSource({"LOST, 24", "INACTIVE, 1", "DRAINING, 24"})
    void aHostThatIsGoneIsForgotten(ContainerInstance.Status status, int hours) {
        world.put(host.but().status(status).disconnectedSince(world.now).build());
        world.disconnects(host);
        world.settle().pass(Duration.ofHours(hours).minus(TICK)).settle();
        assertTrue(world.state().instance(host.id()).isPresent());
        world.pass(TICK).settle();
        assertTrue(world.state().instance(host.id()).isEmpty());
    }

    @Test
    void aConnectedHostIsNeverForgotten() {
        world.put(host.but().status(ContainerInstance.Status.INACTIVE).build());
        world.settle().pass(Duration.ofDays(365)).settle();
        assertTrue(world.state().instance(host.id()).isPresent());
    }

    @Test
    void aReportOnAForgottenTaskGoes() {
        Task task =
                GivenTask.task(1).of(definition).on(host, LastStatus.PENDING).build();
        world.runs(task);
        world.settle();
        assertTrue(world.state().report(task.id()).isEmpty());
    }

    @Test
    void whatAnEdgeSaysOfAForgottenTaskGoes() {
        Task task = balanced();
        ContainerInstance edge = world.edge("edge");
        world.put(task);
        world.says(edge, task, TargetHealth.State.HEALTHY);
        world.settle();
        assertEquals(1, world.state().count(Kind.TARGET_HEALTH));
        world.delete(Key.task(task.id()));
        world.settle();
        assertEquals(0, world.state().count(Kind.TARGET_HEALTH));
    }

    @ParameterizedTest
    @CsvSource({"RUNNING, UNUSED, true", "STOPPED, HEALTHY, true", "STOPPED, UNUSED, false"})
    void aTargetThatWasLetGoIsForgottenWithItsTasksEnd(LastStatus status, TargetHealth.State said, boolean kept) {
        ContainerInstance edge = world.edge("edge");
        Task task = GivenTask.task(1)
                .of(definition)
                .behind(new LoadBalancerMapping("web", "app", 80))
                .on(host, status)
                .build();
        world.put(task);
        world.says(edge, task, said);
        world.settle();
        assertEquals(kept, world.state().targetHealthOf(task.id()).findAny().isPresent());
    }

    @Test
    void whatAForgottenEdgeSaidGoes() {
        Task task = balanced();
        ContainerInstance edge = world.edge("edge");
        world.put(task);
        world.says(edge, task, TargetHealth.State.HEALTHY);
        world.disconnects(edge);
        world.settle().pass(RetentionReconciler.LOST_HOSTS.minus(TICK)).settle();
        assertEquals(1, world.state().count(Kind.TARGET_HEALTH));
        world.pass(TICK).settle();
        assertFalse(world.state().instance(edge.id()).isPresent());
        assertEquals(0, world.state().count(Kind.TARGET_HEALTH));
    }

    @Test
    void wakesWhenSomethingIsToBeForgotten() {
        Task task =
                GivenTask.task(1).of(definition).on(host, LastStatus.PENDING).build();
        world.put(task);
        world.runs(task);
        world.dies(task.id());
        world.settle();
        assertEquals(Optional.of(world.now.plus(RetentionReconciler.STOPPED_TASKS)), world.wakeAt());
    }

    private Task balanced() {
        return GivenTask.task(1)
                .of(definition)
                .behind(new LoadBalancerMapping("web", "app", 8080))
                .on(host, LastStatus.RUNNING)
                .build();
    }
}
