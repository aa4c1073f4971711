package io.staithe.core.rebalance;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.HostLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which host could become empty: one whose tasks all belong to services that pack, and would all be packed onto other hosts
 * that are in use anyway. Tasks of daemons do not count. One host at a time, that with the fewest tasks first.
 */
final class Emptying {
    /** A host with more is no scrap. */
    private static final int MAX_TASKS = 20;
    /** Hosts that are tried in one pass. */
    private static final int MAX_TRIED = 20;

    private final Trial base;
    private final ClusterState state;
    private final String cluster;
    private final Limits limits;
    private final Movable movable;
    private final Instant now;
    private final Map<ServiceId, Optional<SteadyService>> steady = new HashMap<>();
    /** The tasks of each host that is in use, daemons' left out. */
    private final Map<InstanceId, List<Task>> inUse = new TreeMap<>();

    Emptying(Trial base, String cluster, Limits limits, Movable movable, Instant now) {
        this.base = base;
        this.state = base.state();
        this.cluster = cluster;
        this.limits = limits;
        this.movable = movable;
        this.now = now;
    }

    List<Finding> find() {
        // What is under way makes room or takes it: one after the other.
        if (limits.isAnyUnderWay()) return List.of();
        state.instancesOf(cluster).forEach(this::look);
        List<ContainerInstance> candidates = inUse.keySet().stream()
                .flatMap(id -> state.instance(id).stream())
                .filter(this::couldBeEmpty)
                .sorted(Comparator.comparingInt(host -> tasksOn(host).size()))
                .limit(MAX_TRIED)
                .toList();
        List<Finding> findings = new ArrayList<>();
        for (ContainerInstance host : candidates) {
            Optional<Finding> finding = new Departure(base, host, this).find();
            finding.ifPresent(findings::add);
            if (finding.isPresent() && finding.get() instanceof Proposal) break;
        }
        return findings;
    }

    private void look(ContainerInstance host) {
        List<Task> tasks = state.tasksOn(host.id())
                .filter(task -> !task.isStopped() && !task.isOfDaemon())
                .toList();
        if (!tasks.isEmpty()) inUse.put(host.id(), tasks);
    }

    private boolean couldBeEmpty(ContainerInstance host) {
        List<Task> tasks = tasksOn(host);
        return host.status() == ContainerInstance.Status.ACTIVE
                && state.load(host.id()).filter(HostLoad::isReachable).isPresent()
                && tasks.size() <= MAX_TASKS
                && tasks.stream()
                        .allMatch(task ->
                                steady(task).filter(SteadyService::packs).isPresent());
    }

    List<Task> tasksOn(ContainerInstance host) {
        return inUse.getOrDefault(host.id(), List.of());
    }

    Optional<SteadyService> steady(Task task) {
        ServiceId service = task.service();
        return service == null
                ? Optional.empty()
                : steady.computeIfAbsent(
                        service, id -> state.service(id).flatMap(there -> SteadyService.of(state, there)));
    }

    Limits limits() {
        return limits;
    }

    Movable movable() {
        return movable;
    }

    Instant now() {
        return now;
    }
}
