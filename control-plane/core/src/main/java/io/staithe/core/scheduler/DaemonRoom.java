package io.staithe.core.scheduler;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.ClusterState;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The room that a cluster's daemon services have a right to and do not hold, because a task of theirs is missing: on its way,
 * waiting after a crash, or about to be replaced by a larger one. No other task may take it.
 */
public final class DaemonRoom {
    /** Room that is kept free on one host. */
    public record Reserved(Resources resources, Set<HostPort> ports) {
        static final Reserved NOTHING = new Reserved(Resources.NONE, Set.of());

        boolean isNothing() {
            return resources.equals(Resources.NONE) && ports.isEmpty();
        }
    }

    /** @param served hosts where a task of the present definition holds all that it needs */
    private record Daemon(Demand demand, Set<InstanceId> served) {}

    private final ClusterState state;
    private final Map<ServiceId, Daemon> daemons = new LinkedHashMap<>();

    private DaemonRoom(ClusterState state, String cluster) {
        this.state = state;
        state.daemonsOf(cluster)
                .forEach(service -> state.taskDefinition(service.revision().taskDefinition())
                        .ifPresent(definition -> learn(service, definition)));
    }

    public static DaemonRoom of(ClusterState state, String cluster) {
        return new DaemonRoom(state, cluster);
    }

    private void learn(Service service, TaskDefinition definition) {
        Set<InstanceId> served = new HashSet<>();
        state.tasksOf(service.id())
                .filter(task -> task.holdsResources() && task.taskDefinition().equals(definition.id()))
                .forEach(task -> served.add(task.instance()));
        daemons.put(service.id(), new Daemon(Demand.of(service, definition), served));
    }

    void keepIn(Fleet fleet) {
        if (daemons.isEmpty()) return;
        fleet.hosts().toList().forEach(host -> {
            Reserved room = reservedOn(host.instance());
            if (!room.isNothing()) fleet.hold(host, room.resources(), room.ports());
        });
    }

    /** Where a daemon's task would not fit even beside nothing but other daemons, nothing is kept for it: it would be in vain. */
    public Reserved reservedOn(ContainerInstance host) {
        boolean allServed = daemons.values().stream().allMatch(d -> d.served().contains(host.id()));
        if (allServed || host.status() != ContainerInstance.Status.ACTIVE) return Reserved.NOTHING;
        Holding all = new Holding(daemons.keySet().stream().flatMap(id -> tasksOf(id, host)));
        Holding reserved = new Holding(Stream.empty());
        daemons.forEach((id, daemon) -> {
            if (daemon.served().contains(host.id())) return;
            Demand demand = daemon.demand();
            Holding own = new Holding(tasksOf(id, host));
            Resources missing = demand.need().beyond(own.resources);
            Set<HostPort> ports = new HashSet<>(demand.ports());
            ports.removeAll(own.ports);
            if (!all.leaves(missing, ports, host)
                    || !DaemonHosts.qualifies(demand, DaemonHosts.without(id, host, state))) return;
            reserved.add(missing, ports);
            all.add(missing, ports);
        });
        return new Reserved(reserved.resources, reserved.ports);
    }

    private Stream<Task> tasksOf(ServiceId service, ContainerInstance host) {
        return state.tasksOn(host.id()).filter(task -> task.holdsResources() && service.equals(task.service()));
    }

    /** What some tasks hold together. */
    private static final class Holding {
        private Resources resources = Resources.NONE;
        private final Set<HostPort> ports = new HashSet<>();

        Holding(Stream<Task> tasks) {
            tasks.forEach(task -> add(task.reserved(), task.hostPorts()));
        }

        void add(Resources more, Set<HostPort> morePorts) {
            resources = resources.plus(more);
            ports.addAll(morePorts);
        }

        boolean leaves(Resources need, Set<HostPort> needed, ContainerInstance host) {
            return need.fitsIn(host.registered().minus(resources))
                    && needed.stream()
                            .noneMatch(port ->
                                    ports.contains(port) || host.reservedPorts().contains(port));
        }
    }
}
