package io.staithe.core.scheduler;

import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.ClusterState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Room that is kept free for more tasks of services, in the working fleet alone: each service's stands in the queue before the
 * tasks of its priority, and is open to its own. It takes room as its tasks would, and counts as no task.
 */
final class Headroom {
    /** What keeps a task waiting that would fit otherwise. */
    static final String CODE = "HEADROOM";

    private static final int[] NO_SLOTS = {};

    /** One service's. */
    private static final class Kept {
        final ServiceId service;
        final int priority;
        final int tasks;
        final Demand demand;
        /** Where room is taken for it now, a host once for each task. */
        List<Host> hosts = List.of();

        Kept(Service service, TaskDefinition definition) {
            this.service = service.id();
            this.priority = service.policy().priority();
            this.tasks = service.policy().headroom();
            this.demand = Demand.of(service, definition);
        }
    }

    /** Where room was taken, to come back to. */
    record Taken(Map<ServiceId, List<Host>> hosts) {}

    private final Fleet fleet;
    /** Highest priority first. */
    private final List<Kept> all;

    Headroom(ClusterState state, String cluster, Fleet fleet) {
        this.fleet = fleet;
        this.all = state.servicesWithHeadroom(cluster)
                .flatMap(service -> state.taskDefinition(service.revision().taskDefinition()).stream()
                        .map(definition -> new Kept(service, definition)))
                .sorted(Comparator.comparingInt(kept -> -kept.priority))
                .toList();
    }

    /** As this task meets it: what services of the same or a higher priority keep is taken, what its own keeps is free. */
    void facing(Task task) {
        for (Kept kept : all) {
            if (kept.priority < task.policy().priority()) return;
            if (kept.service.equals(task.service())) open(kept);
            else if (kept.hosts.isEmpty()) take(kept);
        }
    }

    boolean isTaken() {
        return all.stream().anyMatch(kept -> !kept.hosts.isEmpty());
    }

    Taken taken() {
        Map<ServiceId, List<Host>> hosts = new HashMap<>();
        for (Kept kept : all) hosts.put(kept.service, kept.hosts);
        return new Taken(hosts);
    }

    /** The fleet has gone back to where it was then. */
    void backTo(Taken taken) {
        for (Kept kept : all) kept.hosts = taken.hosts.getOrDefault(kept.service, List.of());
    }

    void open() {
        all.forEach(this::open);
    }

    /** Takes room again for what had some, on whichever hosts. Whether it is no less for any service. */
    boolean takeAgain(Taken before) {
        for (Kept kept : all) {
            int hosts = before.hosts.getOrDefault(kept.service, List.of()).size();
            if (hosts > 0) take(kept);
            if (kept.hosts.size() < hosts) return false;
        }
        return true;
    }

    /** Whose room it is that this host, or else any host, has. */
    static List<String> names(Taken taken, Host host) {
        List<String> here = names(taken.hosts, List.of(host));
        return here.isEmpty() ? names(taken.hosts, List.of()) : here;
    }

    /** @param on one of them; empty: anywhere */
    private static List<String> names(Map<ServiceId, List<Host>> taken, List<Host> on) {
        return taken.entrySet().stream()
                .filter(entry -> !entry.getValue().isEmpty() && entry.getValue().containsAll(on))
                .map(entry -> entry.getKey().name())
                .sorted()
                .toList();
    }

    private void open(Kept kept) {
        for (Host host : kept.hosts) fleet.letGo(host, kept.demand.need(), kept.demand.ports());
        kept.hosts = List.of();
    }

    /** As if its tasks were placed, so that they are spread as those would be; then only their room stays taken. */
    private void take(Kept kept) {
        List<Host> hosts = new ArrayList<>();
        int mark = fleet.mark();
        while (hosts.size() < kept.tasks) {
            Host host = fleet.choose(kept.demand, hosts.size(), NO_SLOTS);
            if (host == null) break;
            fleet.take(host, kept.demand);
            hosts.add(host);
        }
        fleet.backTo(mark);
        for (Host host : hosts) fleet.hold(host, kept.demand.need(), kept.demand.ports());
        kept.hosts = hosts;
    }
}
