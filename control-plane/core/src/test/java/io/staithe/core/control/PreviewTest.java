package io.staithe.core.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Containers;
import io.staithe.core.Sample;
import io.staithe.core.World;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.Entity;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PreviewTest {
    private final World world = new World();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsForeseenIsWhatHappens(long seed) {
        Sample sample = new Sample(seed);
        aClusterWithServices(sample);
        for (int step = 0; step < 3; step++) {
            Plan change = Plan.of(Change.put(change(sample), Change.ANY));
            ClusterState before = world.state();
            Preview.Outcome foreseen = Preview.of(before, change, world.now);
            world.commit(change);
            world.rest();
            assertTrue(foreseen.settled());
            assertOutcome(
                    new Preview.Outcome(tasks(before), tasks(world.state()), List.of(), List.of(), List.of(), true),
                    foreseen);
            world.pass(Duration.ofMinutes(5)).rest();
        }
    }

    @Test
    void nothingIsForeseenWhereNothingChanges() {
        aClusterWithServices(new Sample(1));
        Preview.Outcome foreseen = Preview.of(world.state(), Plan.NOTHING, world.now);
        assertTrue(foreseen.settled());
        assertOutcome(new Preview.Outcome(List.of(), List.of(), List.of(), List.of(), List.of(), true), foreseen);
    }

    @Test
    void nothingIsWritten() {
        aClusterWithServices(new Sample(1));
        long revision = world.state().revision();
        Preview.of(
                world.state(),
                Plan.of(Change.put(world.service("web").but().desiredCount(9).build(), Change.ANY)),
                world.now);
        assertEquals(revision, world.state().revision());
    }

    @Test
    void whatIsUnderWayIsForeseenToItsEnd() {
        world.host("host", 4096, 4096);
        world.service("web", world.definition("web", 1, 128, Containers.checked()), 2);
        world.rest();
        world.deploy("web", world.definition("web", 2, 128, Containers.checked()));
        world.settle();
        for (Task task : world.active("web"))
            if (task.taskDefinition().revision() == 2)
                world.report(task, ContainerReport.State.RUNNING, HealthStatus.UNKNOWN, null);
        world.settle();
        Preview.Outcome foreseen = Preview.of(world.state(), Plan.NOTHING, world.now);
        assertEquals(2, foreseen.stopped().size(), "their checks have not decided yet, and then they pass");
    }

    private void aClusterWithServices(Sample sample) {
        for (int i = 0; i < 3; i++) world.host("host" + i, 4096, 2048);
        world.edge("edge");
        world.targetGroup("front", 30);
        world.service("web", definition(sample, "web", 1), sample.between(0, 6));
        TaskDefinition front = definition(sample, "front", 1);
        ServiceRevision balanced = ServiceRevision.of(front.id())
                .but()
                .loadBalancers(List.of(new LoadBalancerMapping("front", "app", 8080)))
                .build();
        DeploymentConfiguration configuration =
                DeploymentConfiguration.of(sample.pick(0, 50, 100), sample.pick(100, 150, 200));
        world.service("front", balanced, sample.between(0, 6), configuration);
        world.rest();
    }

    private TaskDefinition definition(Sample sample, String family, int revision) {
        ContainerDefinition container =
                sample.chance(0.5) ? Containers.checked() : ContainerDefinition.of("app", "app:1");
        return world.definition(family, revision, sample.pick(128, 256, 512), container);
    }

    private Entity change(Sample sample) {
        Service service = world.service(sample.pick("web", "front"));
        return switch (sample.upTo(6)) {
            case 0 -> service.but().desiredCount(sample.between(0, 12)).build();
            case 1, 2 -> deployed(sample, service);
            case 3 -> service.but().status(Service.Status.DRAINING).build();
            case 4 ->
                sample.pick(hosts())
                        .but()
                        .status(ContainerInstance.Status.DRAINING)
                        .build();
            default ->
                sample.pick(hosts())
                        .but()
                        .status(ContainerInstance.Status.ACTIVE)
                        .build();
        };
    }

    private Service deployed(Sample sample, Service service) {
        int revision = service.revision().taskDefinition().revision() + 1;
        TaskDefinition definition = definition(sample, service.name(), revision);
        return service.but()
                .deployment(
                        world.nextDeployment(),
                        service.revision().but().taskDefinition(definition.id()).build(),
                        world.now,
                        null)
                .build();
    }

    private List<ContainerInstance> hosts() {
        return world.state()
                .instancesOf(World.CLUSTER)
                .filter(host -> !host.edge())
                .toList();
    }

    private static List<Task> tasks(ClusterState state) {
        return state.tasksIn(World.CLUSTER).toList();
    }

    private static void assertOutcome(Preview.Outcome happened, Preview.Outcome foreseen) {
        assertEquals(ids(happened.started()), ids(foreseen.started()), "started");
        assertEquals(ids(happened.stopped()), ids(foreseen.stopped()), "stopped");
        assertEquals(ids(happened.waiting()), ids(foreseen.waiting()), "waiting");
    }

    private static Set<TaskId> ids(List<Task> tasks) {
        return tasks.stream().map(Task::id).collect(Collectors.toSet());
    }
}
