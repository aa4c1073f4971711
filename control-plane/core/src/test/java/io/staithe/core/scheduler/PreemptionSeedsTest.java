package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.Sample;
import io.staithe.core.World;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DisruptionBudget;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.ClusterState;
import io.staithe.core.store.Event;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is asked for: who may be stopped for whom, and that it ends. */
class PreemptionSeedsTest {
    private final World world = new World();
    private ClusterState before = ClusterState.EMPTY;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 80);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void onlyLowerUnprotectedTasksStopAndItComesToRest(long seed) {
        Sample sample = new Sample(seed);
        before = world.store.open(this::check).snapshot();
        for (int i = sample.between(1, 3); i > 0; i--) world.host("host" + i, 4096, sample.between(2, 6) * 100);
        for (int number = 1; number <= 25; number++) {
            act(sample, number);
            if (sample.chance(0.5)) world.settle();
            else world.converge();
            if (sample.chance(0.2)) world.pass(Duration.ofSeconds(sample.upTo(40)));
        }
        world.rest();
        long written = world.state().revision();
        world.settle();
        assertEquals(written, world.state().revision());
    }

    private void act(Sample sample, int number) {
        List<Task> active =
                world.state().tasksIn(World.CLUSTER).filter(Task::isActive).toList();
        switch (sample.upTo(6)) {
            case 0, 1 -> world.put(task(sample, number));
            case 2, 3 -> putService(sample, "service" + sample.upTo(3));
            case 4 -> {
                if (active.isEmpty()) return;
                Task task = sample.pick(active);
                world.put(task.but()
                        .protectedUntil(world.now.plusSeconds(sample.between(1, 90)))
                        .build());
            }
            default -> {
                ContainerInstance host =
                        sample.pick(world.state().instancesOf(World.CLUSTER).toList());
                boolean drain = sample.chance(0.3);
                world.put(host.but()
                        .status(drain ? ContainerInstance.Status.DRAINING : ContainerInstance.Status.ACTIVE)
                        .build());
            }
        }
    }

    private static Task task(Sample sample, int number) {
        GivenTask task = GivenTask.task(number)
                .group("family:" + sample.upTo(3))
                .needs(1, sample.between(6, 250), 0)
                .policy(policy(sample));
        if (sample.chance(0.2)) task.ports(new HostPort("tcp", 80 + sample.upTo(2)));
        if (sample.chance(0.2)) task.constraint("distinctInstance", null);
        return task.build();
    }

    private void putService(Sample sample, String name) {
        int memory = sample.between(1, 2) * 50;
        TaskDefinition definition = world.definition(name, sample.between(1, 3), memory);
        DeploymentConfiguration configuration =
                sample.chance(0.5) ? DeploymentConfiguration.DEFAULT : DeploymentConfiguration.of(0, 100);
        world.put(world.service(name, ServiceRevision.of(definition.id()), sample.upTo(5), configuration)
                .but()
                .placementPolicy(policy(sample))
                .disruptionBudget(sample.pick(null, new DisruptionBudget(1, 9), new DisruptionBudget(9, 2)))
                .build());
    }

    private static PlacementPolicy policy(Sample sample) {
        return new PlacementPolicy(sample.upTo(4), List.of(), List.of(), sample.chance(0.3), sample.upTo(2), null);
    }

    private void check(Event event) {
        if (!(event instanceof Event.Changed changed)) return;
        ClusterState after = before.apply(changed);
        for (Event.Update update : changed.updates()) {
            if (!(update.entity() instanceof Task task)) continue;
            boolean wasPreempted =
                    before.task(task.id()).filter(Task::isPreempted).isPresent();
            if (task.isPreempted() && !wasPreempted) mayBeStopped(after, task);
        }
        after.instancesOf(World.CLUSTER)
                .forEach(host -> assertTrue(
                        Resources.NONE.fitsIn(
                                after.load(host.id()).orElseThrow().free()),
                        "over-committed"));
        before = after;
    }

    private void mayBeStopped(ClusterState after, Task victim) {
        assertFalse(victim.isProtectedAt(world.now), "it is protected");
        assertTrue(
                after.waitingTasks(World.CLUSTER).stream()
                        .filter(task ->
                                task.policy().priority() > victim.policy().priority())
                        .anyMatch(task -> java.util.Objects.equals(victim.instance(), task.nominatedInstance())),
                "for nobody of higher priority");
        Service service = victim.service() == null
                ? null
                : after.service(victim.service()).orElse(null);
        if (service == null || service.disruptionBudget() == null) return;
        long atOnce = after.tasksOf(service.id())
                .filter(task -> task.isPreempted() && !task.isStopped())
                .count();
        assertTrue(atOnce <= service.disruptionBudget().movesAtOnce(), "beyond its budget");
    }
}
