package io.staithe.core.rebalance;

import io.staithe.core.Containers;
import io.staithe.core.World;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.Key;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.RebalancingStatus;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** A world whose hosts lie in Availability Zones, with services that are balanced or packed. */
final class GivenZones {
    static final PlacementStrategy BINPACK = new PlacementStrategy("binpack", "memory");

    final World world = new World();
    private int hosts;

    ContainerInstance host(String zone) {
        return host(zone, 4096);
    }

    ContainerInstance host(String zone, int memory) {
        String name = "host" + ++hosts + zone;
        return world.host(name, 4096, memory, new Attribute(Attribute.AVAILABILITY_ZONE, zone));
    }

    GivenZones rebalancing(Rebalancing to) {
        world.put(cluster().but().rebalancing(to).build());
        return this;
    }

    Cluster cluster() {
        return world.state().get(Key.cluster(World.CLUSTER), Cluster.class).orElseThrow();
    }

    /** Balanced between zones, and old enough to be moved. */
    Service balanced(String name, int desired) {
        Service service = service(name, desired, List.of());
        change(name, it -> it.availabilityZoneRebalancing("ENABLED"));
        return service;
    }

    Service packed(String name, int desired, int memory) {
        return service(name, memory, desired, List.of(BINPACK));
    }

    Service service(String name, int desired, List<PlacementStrategy> strategies) {
        return service(name, 256, desired, strategies);
    }

    private Service service(String name, int memory, int desired, List<PlacementStrategy> strategies) {
        TaskDefinition definition = world.definition(name, 1, memory, Containers.checked());
        ServiceRevision revision = ServiceRevision.of(definition.id())
                .but()
                .placementStrategy(strategies)
                .build();
        Service service = world.service(name, revision, desired, DeploymentConfiguration.DEFAULT);
        world.rest();
        world.pass(Duration.ofMinutes(10));
        return service;
    }

    void change(String name, UnaryOperator<Service.Builder> how) {
        world.put(how.apply(world.service(name).but()).build());
    }

    /** How many tasks of a service run in each zone. */
    Map<String, Integer> zones(String service) {
        Map<String, Integer> zones = new TreeMap<>();
        for (Task task : world.active(service))
            if (task.instance() != null)
                zones.merge(ZoneBalance.zone(world.host(task.instance())).orElse(""), 1, Integer::sum);
        return zones;
    }

    /** How many tasks of a service run on each host. */
    Map<String, Integer> onHosts(String service) {
        Map<String, Integer> hosts = new TreeMap<>();
        for (Task task : world.active(service))
            if (task.instance() != null) hosts.merge(world.host(task.instance()).hostName(), 1, Integer::sum);
        return hosts;
    }

    List<Task> leaving() {
        return world.state()
                .tasksIn(World.CLUSTER)
                .filter(task -> !task.isStopped() && task.relocation() != null)
                .toList();
    }

    RebalancingStatus status() {
        return world.state().rebalancing(World.CLUSTER).orElse(RebalancingStatus.none(World.CLUSTER));
    }

    List<String> heldBack() {
        return status().heldBack().stream()
                .map(held -> held.about() + " " + held.code())
                .toList();
    }

    List<String> messagesWith(String part) {
        return world.messages().stream()
                .filter(message -> message.contains(part))
                .toList();
    }
}
