package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerInstance.Status;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DaemonRolloutTest {
    private static final DeploymentId OLD = new DeploymentId("7");

    private final World world = new World();
    private final TaskDefinition definition = world.definition("logs", 1, 128);
    private Service service = daemon(null);
    private final List<Task> tasks = new ArrayList<>();

    @ParameterizedTest(name = "{0} hosts, at least {1} %, {2} old healthy, {3} new healthy: stop {4}")
    @CsvSource({
        // ECS: nothing has to stay unless asked.
        "4,    , 4, 0, 4",
        "4,   0, 4, 0, 4",
        // Rounded up.
        "4,  50, 4, 0, 2",
        "3,  50, 3, 0, 1",
        "3,  34, 3, 0, 1",
        "3,  33, 3, 0, 2",
        "1,  50, 1, 0, 0",
        "10, 99, 10, 0, 0",
        // What was replaced already counts; what is missing does not.
        "4,  50, 2, 2, 2",
        "4,  50, 2, 1, 1",
        "4,  50, 2, 0, 0",
        "4, 100, 4, 0, 0",
    })
    void stopsFirstAndKeepsTheMinimumOfTheHosts(int hosts, @Nullable Integer minimum, int old, int fresh, int stopped) {
        service = daemon(minimum);
        for (int i = 0; i < hosts; i++) {
            ContainerInstance host = host("host" + i);
            if (i < old) old(host, LastStatus.RUNNING, true);
            else if (i < old + fresh) current(host, LastStatus.RUNNING, true);
        }
        assertEquals(stopped, rollout().toStop().size());
        assertEquals(hosts - old - fresh, rollout().toStart().size());
        assertEquals(hosts, rollout().desired(service.deployment()));
    }

    @Test
    void wantsOneOnEachHostThatQualifies() {
        ContainerInstance ssd = host("ssd", new Attribute("disk", "ssd"));
        host("hdd", new Attribute("disk", "hdd"));
        constrain("attribute:disk == ssd");
        assertEquals(1, rollout().desired(service.deployment()));
        assertEquals(
                List.of(new Rollout.Start(service.deployment(), null, ssd.id())),
                rollout().toStart());
    }

    @Test
    void stopsWhereTheHostNoLongerQualifiesWhateverTheMinimum() {
        service = daemon(100);
        Task there = current(host("hdd", new Attribute("disk", "hdd")), LastStatus.RUNNING, true);
        assertEquals(List.of(), rollout().toStop());
        constrain("attribute:disk == ssd");
        assertEquals(List.of(there), rollout().toStop());
        assertTrue(rollout().whyStop(there).contains("placement constraints"));
    }

    @Test
    void startsOnlyWhenTheOldTaskHasStopped() {
        ContainerInstance host = host("host");
        Task old = old(host, LastStatus.RUNNING, true);
        assertEquals(List.of(), rollout().toStart());
        replace(
                old,
                old.but()
                        .stop(io.staithe.core.model.StopCode.ServiceSchedulerInitiated, "", world.now)
                        .build());
        assertEquals(List.of(), rollout().toStart());
        replace(tasks.get(0), tasks.get(0).but().stoppedAt(world.now).build());
        assertEquals(
                hosts(host),
                rollout().toStart().stream().map(Rollout.Start::host).toList());
    }

    @Test
    void whatServesStaysWhereItsSuccessorHasNoRoom() {
        ContainerInstance host = world.host("small", 256, 256);
        Task old = old(host, LastStatus.RUNNING, true);
        world.put(
                GivenTask.task(99).needs(0, 200, 0).on(host, LastStatus.RUNNING).build());
        assertEquals(List.of(), rollout().toStop());
        assertTrue(rollout().leaving().contains(old));
        assertEquals(
                "SERVICE_TASK_PLACEMENT_FAILURE",
                rollout().obstacle().orElseThrow().code());
    }

    @Test
    void namesTheHostWithoutRoom() {
        ContainerInstance host = world.host("tiny", 64, 64);
        assertEquals(List.of(), rollout().toStart());
        Obstacle obstacle = rollout().obstacle().orElseThrow();
        assertTrue(obstacle.reason().contains(host.id().value()), obstacle.reason());
        String text = obstacle.messages().get(0).text();
        assertTrue(text.startsWith("was unable to place a task"), text);
        assertTrue(text.contains("tiny") && text.contains("needs 128 MiB of memory, has 64 free"), text);
    }

    @Test
    void aHostOutOfReachIsNoNews() {
        world.disconnects(host("away"));
        world.settle();
        assertEquals(List.of(), rollout().toStart());
        assertTrue(rollout().obstacle().isEmpty());
    }

    @Test
    void aFailingTaskIsReplacedWhateverTheMinimum() {
        service = daemon(100);
        ContainerInstance host = host("host");
        TaskDefinition checked = world.definition("logs", 2, 128, io.staithe.core.Containers.checked());
        service = service.but()
                .deployment(service.deployment(), ServiceRevision.of(checked.id()), world.now, null)
                .build();
        Task failing = add(given().of(checked).of(service, 0).on(host, LastStatus.RUNNING), false);
        world.put(failing);
        world.report(
                failing,
                io.staithe.core.model.ContainerReport.State.RUNNING,
                io.staithe.core.model.HealthStatus.UNHEALTHY,
                null);
        assertEquals(List.of(failing), rollout().toStop());
        assertEquals("Task failed container health checks", rollout().whyStop(failing));
    }

    @Test
    void staysOnADrainingHostUntilNothingElseIsLeft() {
        ContainerInstance host = host("host");
        Task daemon = current(host, LastStatus.RUNNING, true);
        Task replica = GivenTask.task(99).on(host, LastStatus.STOPPING).build();
        world.put(replica);
        world.put(host.but().status(Status.DRAINING).build());
        assertEquals(List.of(), rollout().toStop());
        assertEquals(1, rollout().desired(service.deployment()));
        assertTrue(rollout().isSteady());
        world.put(replica.but().stoppedAt(world.now).build());
        assertEquals(List.of(daemon), rollout().toStop());
        assertEquals(0, rollout().desired(service.deployment()));
    }

    @Test
    void anOldTaskOnADrainingHostServesToTheEndToo() {
        ContainerInstance host = host("host");
        old(host, LastStatus.RUNNING, true);
        world.put(GivenTask.task(99).on(host, LastStatus.RUNNING).build());
        world.put(host.but().status(Status.DRAINING).build());
        assertEquals(List.of(), rollout().toStop());
        assertFalse(rollout().isSteady());
    }

    @Test
    void aLostHostKeepsItsTaskAndWaitsForNothing() {
        ContainerInstance host = host("host");
        current(host, LastStatus.RUNNING, true);
        world.put(host.but().status(Status.LOST).build());
        assertEquals(List.of(), rollout().toStop());
        assertTrue(rollout().isSteady());
        tasks.clear();
        assertEquals(0, rollout().desired(service.deployment()));
        assertTrue(rollout().isSteady());
    }

    @Test
    void aDeploymentDoesNotWaitForALostHost() {
        ContainerInstance host = host("host");
        Task old = old(host, LastStatus.RUNNING, true);
        world.put(host.but().status(Status.LOST).build());
        assertEquals(List.of(old), rollout().toStop());
    }

    @Test
    void ofTwoOnOneHostTheOlderHealthyOneStays() {
        ContainerInstance host = host("host");
        Task starting = current(host, LastStatus.PENDING, false);
        Task healthy = current(host, LastStatus.RUNNING, true);
        Task newer = current(host, LastStatus.RUNNING, true);
        assertEquals(List.of(healthy), rollout().staying());
        assertEquals(
                java.util.Set.of(starting, newer),
                java.util.Set.copyOf(rollout().toStop()));
    }

    @Test
    void isStuckWhereNoneMayStop() {
        service = daemon(100);
        old(host("host"), LastStatus.RUNNING, true);
        assertEquals(
                "SERVICE_DEPLOYMENT_BLOCKED", rollout().obstacle().orElseThrow().code());
        service = daemon(0);
        assertTrue(rollout().obstacle().isEmpty());
    }

    @Test
    void aServiceThatIsBeingDeletedWantsNothing() {
        current(host("host"), LastStatus.RUNNING, true);
        service = service.but().status(Service.Status.DRAINING).build();
        assertEquals(0, rollout().desired(service.deployment()));
        assertEquals(1, rollout().toStop().size());
        assertEquals(List.of(), rollout().toStart());
    }

    private DaemonRollout rollout() {
        return new DaemonRollout(world.state(), service, tasks, world.now);
    }

    private static List<InstanceId> hosts(ContainerInstance... hosts) {
        return java.util.Arrays.stream(hosts).map(ContainerInstance::id).toList();
    }

    private ContainerInstance host(String name, Attribute... attributes) {
        return world.host(name, 4096, 4096, attributes);
    }

    private void constrain(String expression) {
        ServiceRevision to = service.revision()
                .but()
                .placementConstraints(List.of(new PlacementConstraint("memberOf", expression)))
                .build();
        service = service.but()
                .deployment(service.deployment(), to, world.now, null)
                .build();
    }

    private Task old(ContainerInstance host, LastStatus status, boolean healthy) {
        return add(given().of(service, 0).deployment(OLD).on(host, status), healthy);
    }

    private Task current(ContainerInstance host, LastStatus status, boolean healthy) {
        return add(given().of(service, 0).on(host, status), healthy);
    }

    private GivenTask given() {
        return GivenTask.task(tasks.size() + 1).of(definition).createdAt(world.now.plusSeconds(tasks.size()));
    }

    private Task add(GivenTask given, boolean healthy) {
        Task task = given.build().but().healthySince(healthy ? world.now : null).build();
        tasks.add(task);
        return task;
    }

    private void replace(Task task, Task by) {
        tasks.set(tasks.indexOf(task), by);
    }

    private Service daemon(@Nullable Integer minimum) {
        DeploymentConfiguration configuration = DeploymentConfiguration.of(minimum, null);
        Service made = world.daemon("logs", ServiceRevision.of(definition.id()), configuration);
        return service == null
                ? made
                : made.but()
                        .deployment(service.deployment(), made.revision(), world.now, null)
                        .build();
    }
}
