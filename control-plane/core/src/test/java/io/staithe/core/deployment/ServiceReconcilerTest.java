package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.World;
import io.staithe.core.lifecycle.TaskHealth;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.Key;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.state.Change;
import io.staithe.core.state.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceReconcilerTest {
    private final World world = new World();
    private TaskDefinition v1;

    @BeforeEach
    void hosts() {
        v1 = world.definition("web", 1, 128);
        for (int i = 0; i < 3; i++) world.host("host" + i, 4096, 4096);
    }

    @Test
    void aNewServiceReachesItsDesiredCountAndASteadyState() {
        world.service("web", v1, 3);
        world.converge();
        assertEquals(3, world.running("web").size());
        Deployment deployment = deployments().get(0);
        assertEquals(Deployment.RolloutState.COMPLETED, deployment.rolloutState());
        assertTrue(world.messages().contains("(service web) has reached a steady state."));
        assertEquals(Set.of(0, 1, 2), slots());
    }

    @Test
    void everythingOfANewServiceIsDecidedInOneCommit() {
        world.service("web", v1, 30);
        long before = world.state().revision();
        world.settle();
        assertEquals(before + 1, world.state().revision());
        assertTrue(world.active("web").stream().allMatch(task -> task.lastStatus() == LastStatus.PENDING));
    }

    @Test
    void tasksSpreadOverHosts() {
        world.service("web", v1, 6);
        world.converge();
        assertTrue(
                world.running("web").stream()
                        .collect(Collectors.groupingBy(Task::instance, Collectors.counting()))
                        .values()
                        .stream()
                        .allMatch(count -> count == 2));
    }

    @Test
    void aTaskThatEndsIsReplacedAtOnceInItsSlot() {
        world.service("web", v1, 3);
        world.converge();
        Task victim = world.running("web").get(1);
        world.pass(Duration.ofMinutes(1)).dies(victim.id());
        world.settle();
        assertEquals(3, world.active("web").size());
        assertEquals(Set.of(0, 1, 2), slots());
        assertTrue(world.active("web").stream().noneMatch(task -> task.id().equals(victim.id())));
    }

    @Test
    void aSlotThatKeepsDyingWaitsLongerEachTime() {
        world.service("web", v1, 1);
        world.converge();
        dieYoung();
        assertEquals(1, world.active("web").size(), "the first early death is made good at once");
        world.converge();
        dieYoung();
        assertEquals(0, world.active("web").size(), "the second waits");
        world.pass(Duration.ofSeconds(10)).settle();
        assertEquals(1, world.active("web").size());
        world.converge();
        dieYoung();
        world.pass(Duration.ofSeconds(10)).settle();
        assertEquals(0, world.active("web").size());
        world.pass(Duration.ofSeconds(10)).settle();
        assertEquals(1, world.active("web").size());
    }

    @Test
    void manySlotsThatWaitDoNotKeepTheOthersWaiting() {
        world.service("web", v1, 45);
        for (int death = 0; death < 2; death++) {
            world.converge();
            for (Task task : world.running("web")) if (slotOf(task) < 41) world.dies(task.id());
            world.settle();
        }
        assertEquals(4, world.active("web").size());
        Task victim = world.running("web").get(0);
        world.dies(victim.id());
        world.settle();
        assertTrue(slots().contains(victim.slot()));
    }

    @Test
    void aRollingUpdateKeepsTheMinimumHealthyAndTheMaximum() {
        world.service("web", v1, 4);
        world.converge().pass(TaskHealth.UNCHECKED_AFTER).converge();
        world.deploy("web", world.definition("web", 2, 128));
        world.settle();
        assertEquals(8, world.active("web").size(), "200 % may be pending or running");
        world.converge();
        assertEquals(4, onRevision(1), "the new ones have no check and do not count as healthy for 40 s");
        assertEquals(
                2,
                deployments().stream()
                        .filter(d -> d.status() != Deployment.Status.INACTIVE)
                        .count());
        world.pass(TaskHealth.UNCHECKED_AFTER).converge();
        assertEquals(4, onRevision(2));
        assertEquals(0, onRevision(1));
        assertEquals(
                1,
                deployments().stream()
                        .filter(d -> d.status() != Deployment.Status.INACTIVE)
                        .count());
    }

    @Test
    void withoutSpareRoomOldTasksStopFirst() {
        DeploymentConfiguration half = DeploymentConfiguration.of(50, 100);
        world.service("web", ServiceRevision.of(v1.id()), 4, half);
        world.converge().pass(TaskHealth.UNCHECKED_AFTER).converge();
        world.deploy("web", world.definition("web", 2, 128));
        world.settle();
        assertEquals(2, onRevision(1));
        assertEquals(2, onRevision(2));
    }

    @Test
    void aDeploymentThatCannotMoveSaysSo() {
        DeploymentConfiguration fixed = DeploymentConfiguration.of(100, 100);
        world.service("web", ServiceRevision.of(v1.id()), 2, fixed);
        world.converge().pass(TaskHealth.UNCHECKED_AFTER).converge();
        world.deploy("web", world.definition("web", 2, 128));
        world.converge();
        assertTrue(world.messages().stream().anyMatch(message -> message.contains("cannot move")));
    }

    @Test
    void scalingInStopsTheNewestOnTheFullestHosts() {
        world.service("web", v1, 6);
        world.converge();
        world.put(world.service("web").but().desiredCount(3).build());
        world.converge();
        assertEquals(3, world.running("web").size());
        assertEquals(
                3, world.running("web").stream().map(Task::instance).distinct().count());
    }

    @Test
    void tasksOfADrainingHostAreReplacedBeforeTheyStop() {
        world.service("web", v1, 3);
        world.converge().pass(TaskHealth.UNCHECKED_AFTER).converge();
        ContainerInstance host =
                world.state().instance(world.running("web").get(0).instance()).orElseThrow();
        world.put(host.but().status(ContainerInstance.Status.DRAINING).build());
        world.settle();
        assertEquals(4, world.active("web").size());
        world.converge().pass(TaskHealth.UNCHECKED_AFTER).converge();
        assertEquals(3, world.running("web").size());
        assertTrue(world.running("web").stream().noneMatch(task -> host.id().equals(task.instance())));
    }

    @Test
    void tasksOfAHostOutOfReachAreReplacedAfterTheGraceTimeAndNotBefore() {
        world.service("web", v1, 3);
        world.converge();
        TaskId lost = world.running("web").get(0).id();
        ContainerInstance host =
                world.state().instance(world.running("web").get(0).instance()).orElseThrow();
        world.commit(Plan.of(Change.delete(Key.session(host.id()), Change.ANY)));
        world.settle();
        world.pass(Duration.ofSeconds(29)).settle();
        assertEquals(3, world.running("web").size());
        world.pass(Duration.ofSeconds(1)).converge();
        assertEquals(3, world.running("web").size());
        assertTrue(world.running("web").stream().noneMatch(task -> task.id().equals(lost)));
        assertEquals(
                ContainerInstance.Status.LOST,
                world.state().instance(host.id()).orElseThrow().status());
    }

    @Test
    void aDeletedServiceStopsItsTasksAndStaysReadable() {
        world.service("web", v1, 3);
        world.converge();
        world.put(world.service("web").but().status(Service.Status.DRAINING).build());
        world.converge();
        assertEquals(0, world.active("web").size());
        assertEquals(Service.Status.INACTIVE, world.service("web").status());
        world.pass(Duration.ofHours(2)).settle();
        assertEquals(
                0, world.state().tasksOf(new ServiceId(World.CLUSTER, "web")).count());
        assertTrue(world.state().service(new ServiceId(World.CLUSTER, "web")).isEmpty());
    }

    @Test
    void tasksThatNoHostCanTakeWaitWithAReasonAndStartWhenOneComes() {
        world.service("big", world.definition("big", 1, 8192), 1);
        world.converge();
        Task waiting = world.active("big").get(0);
        assertEquals(LastStatus.PROVISIONING, waiting.lastStatus());
        String why = waiting.placement() == null ? "" : waiting.placement().summary();
        assertTrue(why.contains("needs 8192 MiB of memory"), why);
        world.host("large", 4096, 16384);
        world.converge();
        assertEquals(1, world.running("big").size());
    }

    @Test
    void aServiceMadeAgainUnderTheSameNameHasOtherTasks() {
        world.service("web", v1, 1);
        world.converge();
        TaskId first = world.running("web").get(0).id();
        world.put(world.service("web").but().status(Service.Status.DRAINING).build());
        world.converge();
        world.service("web", v1, 1);
        world.converge();
        assertNotEquals(first, world.running("web").get(0).id());
    }

    private void dieYoung() {
        world.dies(world.running("web").get(0).id());
        world.settle();
    }

    private long onRevision(int revision) {
        return world.active("web").stream()
                .filter(t -> t.taskDefinition().revision() == revision)
                .count();
    }

    private static int slotOf(Task task) {
        return Objects.requireNonNull(task.slot());
    }

    private Set<Integer> slots() {
        return world.active("web").stream().map(Task::slot).collect(Collectors.toSet());
    }

    private List<Deployment> deployments() {
        return world.state().deploymentsOf(new ServiceId(World.CLUSTER, "web")).toList();
    }
}
