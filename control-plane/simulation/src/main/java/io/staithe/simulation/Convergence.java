package io.staithe.simulation;

import io.staithe.agent.container.Container;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.RebalancingStatus;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.loadbalancer.ServerName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether the world is as it was asked to be, once nothing goes wrong any more. */
final class Convergence {
    /** For a task of every service. */
    private static final Resources ROOM = new Resources(640, 320, 0);

    private final ClusterState state;
    private final Network network;

    Convergence(ClusterState state, Network network) {
        this.state = state;
        this.network = network;
    }

    /** The first thing that is not as it should be; empty: observed = desired. */
    Optional<String> firstDifference(Map<String, Integer> wanted) {
        return services(wanted).or(this::zones).or(this::containers).or(this::targets);
    }

    private Optional<String> services(Map<String, Integer> wanted) {
        for (Map.Entry<String, Integer> entry : wanted.entrySet()) {
            ServiceId id = new ServiceId("default", entry.getKey());
            Service service = state.service(id).orElse(null);
            if (service == null) return Optional.of("accepted service " + id + " is lost");
            if (service.desiredCount() != entry.getValue())
                return Optional.of(id + " wants " + service.desiredCount() + " instead of " + entry.getValue());
            List<Task> unstopped =
                    state.tasksOf(id).filter(task -> !task.isStopped()).toList();
            long running = unstopped.stream()
                    .filter(task -> task.isActive() && task.lastStatus() == LastStatus.RUNNING)
                    .filter(task -> service.deployment().equals(task.deployment()))
                    .count();
            if (running != entry.getValue() || unstopped.size() != running)
                return Optional.of(id + " has " + running + " running of " + unstopped.size() + ", wants "
                        + entry.getValue() + ": "
                        + unstopped.stream().map(Convergence::describe).toList());
            Optional<Deployment> deployment = state.deployment(service.deployment());
            if (deployment.filter(Deployment::steady).isEmpty())
                return Optional.of(id + " is not steady: " + deployment);
        }
        return Optional.empty();
    }

    /** The mover has repaired what it may, unless a move failed a moment ago. */
    private Optional<String> zones() {
        Set<ServiceId> leftAlone = state.rebalancing("default").stream()
                .flatMap(status -> status.calledOff().stream())
                .map(RebalancingStatus.CalledOff::service)
                .collect(Collectors.toSet());
        boolean moves = state.cluster("default")
                .filter(cluster -> cluster.rebalancingOrDefault().enabled())
                .isPresent();
        return state.servicesOf("default")
                .filter(service -> service.revision().launchType() == null)
                .filter(service -> moves && "ENABLED".equals(service.availabilityZoneRebalancing()))
                .filter(service ->
                        service.deploymentConfiguration().maximum(service.desiredCount()) > service.desiredCount())
                .filter(service -> !leftAlone.contains(service.id()))
                .flatMap(service -> uneven(service).stream())
                .findFirst();
    }

    private Optional<String> uneven(Service service) {
        Map<String, Integer> tasks = new TreeMap<>();
        brought().forEach(host -> tasks.put(host.zone(), 0));
        state.tasksOf(service.id())
                .filter(Task::isActive)
                .flatMap(task -> network.hosts.stream().filter(host -> host.id.equals(task.instance())))
                .forEach(host -> tasks.merge(host.zone(), 1, Integer::sum));
        boolean even = Collections.max(tasks.values()) - Collections.min(tasks.values()) < 2;
        return even || !hasRoomEverywhere()
                ? Optional.empty()
                : Optional.of(service.id() + " is spread unevenly over zones: " + tasks);
    }

    /** On every host, beside what is kept free, so that nothing but the mover decides. */
    private boolean hasRoomEverywhere() {
        return brought().allMatch(host -> state.load(host.id)
                .filter(load -> ROOM.fitsIn(load.free()))
                .isPresent());
    }

    /** Hosts that are there for all services. */
    private Stream<Host> brought() {
        return network.hosts.stream().filter(host -> !host.isBought());
    }

    static String describe(Task task) {
        return task.id().value().substring(0, 6) + " " + task.lastStatus() + "/" + task.desiredStatus() + " on "
                + task.instance() + " "
                + (task.placement() == null ? "" : task.placement().summary());
    }

    private Optional<String> containers() {
        Set<String> live = state.objects()
                .map(object -> object.entity())
                .filter(Task.class::isInstance)
                .map(Task.class::cast)
                .filter(task -> !task.isStopped())
                .map(task -> task.id().value())
                .collect(Collectors.toSet());
        Set<String> running = network.hosts.stream()
                .flatMap(host -> host.containers().stream())
                .filter(Container::isAlive)
                .map(container -> container.task().value())
                .collect(Collectors.toSet());
        return live.equals(running)
                ? Optional.empty()
                : Optional.of("containers run for " + new TreeSet<>(running) + ", tasks live " + new TreeSet<>(live));
    }

    private Optional<String> targets() {
        Set<String> wanted = state.objects()
                .map(object -> object.entity())
                .filter(Task.class::isInstance)
                .map(Task.class::cast)
                .filter(task -> task.isActive() && !task.loadBalancers().isEmpty())
                .map(task -> task.id().value())
                .collect(Collectors.toCollection(TreeSet::new));
        for (Host host : network.hosts) {
            if (host.edge == null) continue;
            Set<String> usable = host.edge.usable().stream()
                    .map(ServerName::task)
                    .map(task -> task.value())
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!usable.equals(wanted))
                return Optional.of("the proxy of " + host.name + " sends to " + usable + " instead of " + wanted);
        }
        return Optional.empty();
    }
}
