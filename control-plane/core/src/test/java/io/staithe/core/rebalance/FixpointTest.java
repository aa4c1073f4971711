package io.staithe.core.rebalance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Containers;
import io.staithe.core.Sample;
import io.staithe.core.World;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.RebalancingStatus;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In clusters of any kind the mover comes to rest, breaks nothing on its way, and has nothing left to do. */
class FixpointTest {
    private static final PlacementStrategy ZONES =
            new PlacementStrategy("spread", "attribute:" + Attribute.AVAILABILITY_ZONE);
    private static final PlacementStrategy HOSTS = new PlacementStrategy("spread", "instanceId");
    /** Far more than two moves a task would be no rest. */
    private static final int MAX_ROUNDS = 400;

    private final GivenZones given = new GivenZones();
    private final World world = given.world;
    /** Half of the clusters pack, so that there are hosts to empty. */
    private boolean allPack;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 150);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void itComesToRest(long seed) {
        Sample sample = new Sample(seed);
        allPack = seed % 2 == 0;
        given.rebalancing(new Rebalancing(false, 1, 1, 0, false, List.of()));
        fill(sample);
        disturb(sample);
        given.rebalancing(new Rebalancing(true, sample.between(1, 4), 1000, sample.pick(0, 30), allPack, List.of()));
        List<String> waitingBefore = waiting();
        run();
        List<RebalancingStatus.Move> moves = given.status().moves();
        assertEquals(List.of(), given.leaving(), "everything that was begun has ended");
        assertEquals(waitingBefore, waiting(), "nobody loses a place by a move");
        world.pass(Duration.ofMinutes(30));
        world.put(given.cluster());
        run();
        assertEquals(moves, given.status().moves(), "a second run moves nothing");
    }

    private void fill(Sample sample) {
        for (int i = 0; i < sample.between(2, 4); i++) host(sample, "a", "b");
        given.packed("filling", sample.upTo(6), 900);
        for (int i = 0; i < sample.between(2, 6); i++) service(sample, "service" + i);
        world.rest();
    }

    /** Services that shrink or go, others that grow, hosts that come: what makes it uneven and leaves scraps. */
    private void disturb(Sample sample) {
        given.change("filling", it -> it.desiredCount(0));
        for (Service service : world.state().servicesOf(World.CLUSTER).toList())
            if (sample.chance(0.6)) given.change(service.name(), it -> it.desiredCount(sample.between(1, 4)));
        world.rest();
        // Nothing moves while tasks wait; so what found no host is not asked for.
        for (Service service : world.state().servicesOf(World.CLUSTER).toList())
            given.change(
                    service.name(),
                    it -> it.desiredCount(world.running(service.name()).size()));
        for (int i = 0; i < sample.upTo(4); i++) host(sample, "a", "b", "c", "c");
        world.rest();
        world.pass(Duration.ofMinutes(10));
    }

    private void host(Sample sample, String... zones) {
        given.host(sample.pick(zones), sample.pick(2048, 4096));
    }

    private void service(Sample sample, String name) {
        TaskDefinition definition = world.definition(
                name,
                1,
                sample.pick(128, 256, 512),
                sample.chance(0.8) ? Containers.checked() : Containers.listening());
        ServiceRevision revision = ServiceRevision.of(definition.id())
                .but()
                .placementStrategy(strategies(sample))
                .placementConstraints(constraints(sample))
                .build();
        DeploymentConfiguration configuration =
                DeploymentConfiguration.of(sample.pick(50, 100), sample.pick(100, 150, 200, 200, 200));
        world.service(name, revision, sample.between(2, 9), configuration);
        given.change(name, it -> it.availabilityZoneRebalancing(sample.chance(0.8) ? "ENABLED" : "DISABLED"));
    }

    private List<PlacementStrategy> strategies(Sample sample) {
        List<List<PlacementStrategy>> packing = List.of(
                List.of(GivenZones.BINPACK),
                List.of(new PlacementStrategy("binpack", "cpu")),
                List.of(GivenZones.BINPACK),
                List.of(ZONES, GivenZones.BINPACK));
        List<List<PlacementStrategy>> spreading =
                List.of(List.of(), List.of(ZONES, HOSTS), List.of(ZONES, new PlacementStrategy("random", null)));
        return sample.pick(allPack || sample.chance(0.3) ? packing : spreading);
    }

    private static List<PlacementConstraint> constraints(Sample sample) {
        return sample.pick(
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(new PlacementConstraint("distinctInstance", null)),
                List.of(new PlacementConstraint("memberOf", "attribute:ecs.availability-zone != c")));
    }

    private void run() {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            world.converge();
            holds();
            if (world.wakeAt()
                    .filter(at -> at.isBefore(world.now.plusSeconds(120)))
                    .isEmpty()) return;
            world.wakeAt().filter(at -> at.isAfter(world.now)).ifPresent(at -> world.now = at);
        }
        throw new AssertionError(
                "does not come to rest; moved " + given.status().moves());
    }

    private void holds() {
        world.state().instancesOf(World.CLUSTER).forEach(this::isNotOvercommitted);
        for (Service service : world.state().servicesOf(World.CLUSTER).toList()) keepsItsConstraints(service);
    }

    private void isNotOvercommitted(ContainerInstance host) {
        Resources left = host.registered();
        Set<HostPort> ports = new HashSet<>();
        for (Task task :
                world.state().tasksOn(host.id()).filter(Task::holdsResources).toList()) {
            left = left.minus(task.reserved());
            for (HostPort port : task.hostPorts()) assertTrue(ports.add(port), "two tasks have " + port);
        }
        assertTrue(Resources.NONE.fitsIn(left), host.hostName() + " is over-committed: " + left);
    }

    private void keepsItsConstraints(Service service) {
        for (PlacementConstraint constraint : service.revision().placementConstraints()) {
            if (constraint.isMemberOf())
                assertEquals(0, given.zones(service.name()).getOrDefault("c", 0));
            else assertTrue(given.onHosts(service.name()).values().stream().allMatch(tasks -> tasks == 1));
        }
        int minimum = Math.min(
                service.desiredCount(), service.deploymentConfiguration().minimumHealthy(service.desiredCount()));
        long waiting = world.active(service.name()).stream()
                .filter(task -> task.instance() == null)
                .count();
        assertTrue(world.running(service.name()).size() + waiting >= minimum, service.name());
    }

    private List<String> waiting() {
        return world.state().waitingTasks(World.CLUSTER).stream()
                .map(Task::id)
                .map(TaskId::value)
                .toList();
    }
}
