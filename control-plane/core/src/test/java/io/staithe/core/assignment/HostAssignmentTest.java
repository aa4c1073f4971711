package io.staithe.core.assignment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Containers;
import io.staithe.core.GivenDefinition;
import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.Action;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.DesiredStatus;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Listener;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.NetworkBinding;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.PortMapping;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HostAssignmentTest {
    private static final int HOST_PORT = 32768;

    private final World world = new World();
    private final ContainerInstance host = world.host("host", 4096, 4096);
    private final ContainerInstance edge = world.edge("edge");

    @BeforeEach
    void aDefinition() {
        world.definition("web", 1, 128, Containers.listening(PortMapping.tcp(8080, 0)));
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING, RUNNING",
        "ACTIVATING, RUNNING",
        "RUNNING, RUNNING",
        "DEACTIVATING, RUNNING",
        "STOPPING, STOPPED"
    })
    void itsContainersAreStoppedFromStoppingOnOnly(LastStatus status, DesiredStatus asked) {
        world.put(stopping(task().on(host, status).build()));
        assertEquals(List.of(asked), tasks().map(AssignedTask::desiredStatus).toList());
    }

    @Test
    void aStoppedTaskIsNotAskedFor() {
        world.put(task().on(host, LastStatus.STOPPED).build());
        assertEquals(0, tasks().count());
    }

    @Test
    void aTaskIsAskedOfItsHostOnly() {
        ContainerInstance other = world.host("other", 4096, 4096);
        world.put(task().on(host, LastStatus.PENDING).build());
        assertEquals(1, tasks().count());
        assertEquals(Assignment.EMPTY, HostAssignment.of(world.state(), other));
    }

    @Test
    void aTaskThatItsHostHasReportedIsLaunched() {
        Task task = task().on(host, LastStatus.PENDING).build();
        world.put(task);
        assertFalse(tasks().findFirst().orElseThrow().launched());
        world.report(task, ContainerReport.State.PENDING, HealthStatus.UNKNOWN, null);
        assertTrue(tasks().findFirst().orElseThrow().launched());
    }

    @ParameterizedTest
    @EnumSource(
            value = LastStatus.class,
            names = {"ACTIVATING", "RUNNING", "DEACTIVATING", "STOPPING"})
    void hasATargetWhileItsContainersRun(LastStatus status) {
        running(status);
        assertEquals(List.of(new Target(id(), "web", "app", 8080, "127.0.0.1", HOST_PORT, false)), targets());
    }

    @ParameterizedTest
    @EnumSource(
            value = LastStatus.class,
            names = {"PENDING", "STOPPED"})
    void hasNoTargetBeforeAndAfter(LastStatus status) {
        running(status);
        assertEquals(List.of(), targets());
    }

    @ParameterizedTest
    @EnumSource(
            value = LastStatus.class,
            names = {"RUNNING", "DEACTIVATING", "STOPPING"})
    void itsTargetDrainsFromWhenItIsAskedToStop(LastStatus status) {
        world.put(stopping(running(status)));
        assertEquals(List.of(true), targets().stream().map(Target::draining).toList());
    }

    @Test
    void itsTargetDrainsWhileItIsNotReady() {
        Task task = running(LastStatus.RUNNING);
        becomes(task, HealthStatus.UNHEALTHY);
        assertEquals(List.of(true), targets().stream().map(Target::draining).toList());
        becomes(task, HealthStatus.UNKNOWN);
        assertEquals(List.of(true), targets().stream().map(Target::draining).toList());
        becomes(task, HealthStatus.HEALTHY);
        assertEquals(List.of(false), targets().stream().map(Target::draining).toList());
    }

    @Test
    void aTaskThatIsStoppedBeforeItRanHasNoTarget() {
        Task task = task().on(host, LastStatus.DEACTIVATING).build();
        world.put(stopping(task));
        bind(task, HOST_PORT);
        assertEquals(List.of(), targets());
    }

    @Test
    void withoutABindingThereIsNoTarget() {
        Task task = running(LastStatus.RUNNING);
        bind(task, 0, "udp");
        assertEquals(List.of(), targets());
    }

    @Test
    void onTheHostsNetworkTheContainersPortIsTheHosts() {
        TaskDefinition definition = onHostNetwork(Containers.listening(PortMapping.tcp(8080, 8080)));
        world.put(definition);
        world.put(started(task().on(host, LastStatus.RUNNING).build()));
        assertEquals(List.of(8080), targets().stream().map(Target::port).toList());
    }

    @Test
    void onlyAnEdgeHostCarriesTraffic() {
        world.targetGroup("web", 60);
        world.put(new Listener("front", 80, "HTTP", Action.forward("web"), List.of()));
        running(LastStatus.RUNNING);
        assertEquals(RoutingTable.EMPTY, HostAssignment.of(world.state(), host).routing());
        RoutingTable routing = HostAssignment.of(world.state(), edge).routing();
        assertEquals(1, routing.listeners().size());
        assertEquals(1, routing.targetGroups().size());
        assertEquals(1, routing.targets().size());
    }

    private static GivenTask task() {
        return GivenTask.task(1).behind(new LoadBalancerMapping("web", "app", 8080));
    }

    private static TaskId id() {
        return task().build().id();
    }

    /** A task whose containers run and are bound to a port of the host. */
    private Task running(LastStatus status) {
        Task task = started(task().on(host, status).build());
        world.put(task);
        bind(task, HOST_PORT);
        return task;
    }

    private Task started(Task task) {
        return task.but().startedAt(world.now).build();
    }

    private Task stopping(Task task) {
        return task.but().stop(StopCode.UserInitiated, "as asked", world.now).build();
    }

    private void bind(Task task, int hostPort) {
        bind(task, hostPort, "tcp");
    }

    private void becomes(Task task, @Nullable HealthStatus readiness) {
        NetworkBinding binding = new NetworkBinding("0.0.0.0", 8080, HOST_PORT, "tcp");
        report(task, binding, readiness);
    }

    private void bind(Task task, int hostPort, String protocol) {
        report(task, new NetworkBinding("0.0.0.0", 8080, hostPort, protocol), null);
    }

    private void report(Task task, NetworkBinding binding, @Nullable HealthStatus readiness) {
        ContainerReport container = new ContainerReport(
                "app",
                null,
                "app:1",
                null,
                ContainerReport.State.RUNNING,
                null,
                null,
                HealthStatus.UNKNOWN,
                List.of(binding),
                world.now,
                null,
                0,
                readiness,
                null);
        world.put(new TaskReport(
                task.id(),
                host.id(),
                1,
                1,
                ContainerReport.State.RUNNING,
                HealthStatus.UNKNOWN,
                List.of(container),
                null,
                null,
                world.now,
                null,
                null,
                null,
                null));
    }

    private Stream<AssignedTask> tasks() {
        return HostAssignment.of(world.state(), host).tasks();
    }

    private List<Target> targets() {
        return HostAssignment.of(world.state(), edge).routing().targets();
    }

    private static TaskDefinition onHostNetwork(ContainerDefinition container) {
        return GivenDefinition.definition("web", 1)
                .networkMode(NetworkMode.HOST)
                .container(container)
                .build();
    }
}
