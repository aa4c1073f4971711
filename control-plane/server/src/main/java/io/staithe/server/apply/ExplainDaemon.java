package io.staithe.server.apply;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.scheduler.DaemonHosts;
import io.staithe.core.scheduler.Demand;
import io.staithe.core.scheduler.Scheduler;
import io.staithe.core.scheduler.Veto;
import io.staithe.core.state.ClusterState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** On which hosts a daemon service has no task, and why. */
final class ExplainDaemon {
    private static final int MAX_HOSTS_SHOWN = 10;

    private ExplainDaemon() {}

    static List<String> lines(ClusterState state, Service service) {
        TaskDefinition definition =
                state.taskDefinition(service.revision().taskDefinition()).orElse(null);
        if (definition == null) return List.of();
        Demand demand = Demand.of(service, definition);
        Set<InstanceId> there = state.tasksOf(service.id())
                .filter(Task::isActive)
                .map(Task::instance)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        List<ContainerInstance> without = state.instancesOf(service.cluster())
                .filter(host -> !there.contains(host.id()))
                .sorted(Comparator.comparing(ContainerInstance::hostName).thenComparing(ContainerInstance::id))
                .toList();
        List<String> lines = new ArrayList<>();
        for (ContainerInstance host : without.subList(0, Math.min(without.size(), MAX_HOSTS_SHOWN)))
            lines.add("No task on host " + host.hostName() + ": "
                    + Scheduler.veto(demand, DaemonHosts.without(service.id(), host, state))
                            .map(Veto::message)
                            .orElse("it is about to start, or waits after it has failed")
                    + ".");
        if (without.size() > MAX_HOSTS_SHOWN)
            lines.add("No task on " + (without.size() - MAX_HOSTS_SHOWN) + " more hosts.");
        return lines;
    }
}
