package io.staithe.capacity.planner;

import io.staithe.core.lifecycle.ProvisionedLifecycle;
import io.staithe.core.lifecycle.ProvisionedLifecycle.Event;
import io.staithe.core.model.CapacityStatus.HostChange;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Key;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.ProvisionedHost.Status;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.core.rebalance.MoveBudget;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Carries a change of hosts out: buys, waits until all that comes is ready, drains what goes; or lets it be. */
final class HostChanges {
    private final ClusterState state;
    private final String cluster;
    private final List<Supply> supplies;
    private final Instant now;
    private final Plan.Builder plan;

    HostChanges(ClusterState state, String cluster, List<Supply> supplies, Instant now, Plan.Builder plan) {
        this.state = state;
        this.cluster = cluster;
        this.supplies = supplies;
        this.now = now;
        this.plan = plan;
    }

    /** @param bought none: what goes drains at once */
    void begin(HostChange change, List<ProvisionedHost> bought) {
        bought.forEach(host -> Buying.request(host, plan));
        if (bought.isEmpty()) drain(change);
    }

    /** Empty: it is over. */
    Optional<HostChange> goOn(HostChange change) {
        List<ProvisionedHost> going = hosts(change.going());
        if (going.stream().anyMatch(host -> host.status() == Status.DRAINING)) return Optional.of(change);
        if (going.stream().noneMatch(host -> host.status() == Status.READY)) return Optional.empty();
        List<ProvisionedHost> starting = hosts(change.starting());
        if (starting.stream().filter(host -> host.status().isCapacity()).count()
                < change.starting().size()) return abandoned(change, "a host that was to come instead did not");
        if (!starting.stream().allMatch(host -> host.status() == Status.READY)) return Optional.of(change);
        if (going.stream().filter(host -> host.status() == Status.READY).count()
                < change.going().size()) return abandoned(change, "one of them is lost");
        if (!isStillGood(change, starting)) return abandoned(change, "their tasks may not move any more, or not there");
        drain(change);
        return Optional.of(change);
    }

    private boolean isStillGood(HostChange change, List<ProvisionedHost> starting) {
        List<Task> tasks = tasks(change);
        MoveBudget budget = budget().orElse(null);
        return budget != null
                && tasks.stream().allMatch(budget::mayMove)
                && budget.mayMove(tasks)
                && new AfterChange(state, cluster, new HashSet<>(change.going()), starting, tasks, budget, now)
                        .holds(supplies);
    }

    private void drain(HostChange change) {
        List<Task> tasks = tasks(change);
        String saved = "its tasks cost less elsewhere; saves " + Money.perHour(change.microsPerHour())
                + (change.going().size() == 1 ? "" : " with " + (change.going().size() - 1) + " more");
        for (ProvisionedHost host : hosts(change.going()))
            ProvisionedLifecycle.TABLE.next(host.status(), Event.RELEASED).ifPresent(to -> {
                plan.update(state, host.but().ending(to, saved, now).build());
                plan.because(new Reason(
                        host.key(), null, null, "HOST_CONSOLIDATED", "host " + host.id() + " goes: " + saved));
            });
        budget().ifPresent(
                        budget -> plan.add(Change.put(budget.with(tasks), state.revisionOf(Key.rebalancing(cluster)))));
        tell(change, tasks);
    }

    private void tell(HostChange change, Collection<Task> tasks) {
        Map<ServiceId, Long> services = tasks.stream()
                .flatMap(task -> Optional.ofNullable(task.service()).stream())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        services.entrySet().stream()
                .limit(HostChange.MAX_HOSTS)
                .forEach(moved -> plan.because(new Reason(
                        Key.service(moved.getKey()),
                        moved.getKey(),
                        null,
                        "SERVICE_CONSOLIDATION_STARTED",
                        "(service " + moved.getKey().name() + ") moves " + moved.getValue()
                                + (moved.getValue() == 1 ? " task" : " tasks")
                                + " away from hosts that are given back: "
                                + names(change) + ". That saves " + Money.perHour(change.microsPerHour()) + ".")));
    }

    private Optional<HostChange> abandoned(HostChange change, String why) {
        plan.because(new Reason(
                Key.cluster(cluster),
                null,
                null,
                "CONSOLIDATION_ABANDONED",
                "hosts that were to go for less stay (" + names(change) + "): " + why));
        return Optional.empty();
    }

    private static String names(HostChange change) {
        return change.going().stream().map(InstanceId::value).collect(Collectors.joining(", "));
    }

    private List<Task> tasks(HostChange change) {
        return change.going().stream()
                .flatMap(host -> Candidates.tasksOn(state, host).stream())
                .toList();
    }

    private List<ProvisionedHost> hosts(List<InstanceId> ids) {
        return ids.stream().flatMap(id -> state.provisionedHost(id).stream()).toList();
    }

    private Optional<MoveBudget> budget() {
        return state.cluster(cluster).map((Cluster place) -> new MoveBudget(state, place, now));
    }
}
