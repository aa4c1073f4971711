package io.staithe.simulation;

import io.staithe.core.model.HostGroup;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Nothing is bought beyond what the group may have, nothing is bought twice, and nothing that is paid for is forgotten. */
final class CapacityCheckers {
    /** How long a host may run that nobody wants: reports, sweeps and retries take their time. */
    private static final Duration STRAY_TOLERANCE = Duration.ofMinutes(10);

    private final FaultyStore store;
    private final Cloud cloud;
    private final Timeline timeline;
    private final Map<InstanceId, Instant> straySince = new TreeMap<>();
    private @Nullable Instant changedMindAt;

    CapacityCheckers(FaultyStore store, Cloud cloud, Timeline timeline) {
        this.store = store;
        this.cloud = cloud;
        this.timeline = timeline;
    }

    void look() {
        ClusterState state = store.state();
        Set<InstanceId> running = cloud.running();
        int most = state.hostGroup(FargateGroup.NAME).map(HostGroup::maxHosts).orElse(0);
        if (running.size() > most)
            throw new Violation("a group has no more hosts than it may", running.size() + " run of " + most);
        costsNoMoreThanItMay(state, running);
        changesItsMindRarely(state);
        straySince.keySet().retainAll(running);
        for (InstanceId id : running) {
            Optional<ProvisionedHost> host = state.provisionedHost(id);
            if (host.filter(known -> known.status().isWanted()).isPresent()) {
                straySince.remove(id);
                continue;
            }
            Instant since = straySince.computeIfAbsent(id, any -> timeline.now());
            if (timeline.now().isAfter(since.plus(STRAY_TOLERANCE)))
                throw new Violation(
                        "no host is leaked",
                        id + " runs, and is wanted by nobody since " + since + ": "
                                + host.map(ProvisionedHost::status));
        }
    }

    private static void costsNoMoreThanItMay(ClusterState state, Set<InstanceId> running) {
        Long budget = state.hostGroup(FargateGroup.NAME)
                .map(HostGroup::microsPerHourBudget)
                .orElse(null);
        long cost = running.stream()
                .flatMap(id -> state.provisionedHost(id).stream())
                .mapToLong(ProvisionedHost::microsPerHour)
                .sum();
        if (budget != null && cost > budget)
            throw new Violation("a group costs no more than it may", cost + " of " + budget);
    }

    /** One change of hosts at a time, and within an interval. */
    private void changesItsMindRarely(ClusterState state) {
        Instant at = state.capacityStatus(User.CLUSTER).changedMindAt();
        if (at == null || at.equals(changedMindAt)) return;
        if (changedMindAt != null && at.isBefore(changedMindAt.plusSeconds(FargateGroup.INTERVAL_SECONDS)))
            throw new Violation("one change of mind in an interval", at + " after " + changedMindAt);
        changedMindAt = at;
    }

    /** In the end exactly the hosts of the tasks run, and the store knows no others. */
    Optional<String> firstDifference() {
        ClusterState state = store.state();
        Set<InstanceId> needed = state.tasksIn(User.CLUSTER)
                .filter(task -> task.capacityProvider() != null && !task.isStopped())
                .map(Task::instance)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<InstanceId> known = state.provisionedFor(User.CLUSTER)
                .filter(host -> !host.isOver())
                .map(ProvisionedHost::id)
                .collect(Collectors.toCollection(TreeSet::new));
        if (!cloud.running().equals(needed))
            return Optional.of("hosts " + cloud.running() + " run, tasks are on " + needed);
        return known.equals(needed)
                ? Optional.empty()
                : Optional.of("hosts " + known + " are known, tasks are on " + needed);
    }
}
