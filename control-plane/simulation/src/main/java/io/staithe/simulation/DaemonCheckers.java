package io.staithe.simulation;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/** A daemon service has never two tasks on a host, and in the end one on each host that qualifies. */
final class DaemonCheckers {
    /** Hosts of every zone. */
    static final String ANYWHERE = "";

    private DaemonCheckers() {}

    static void isAloneOnItsHost(ClusterState state, Task created) {
        long there = state.tasksOf(Objects.requireNonNull(created.service()))
                .filter(task -> !task.isStopped() && Objects.equals(task.instance(), created.instance()))
                .count();
        if (created.instance() == null || there != 1)
            throw new Violation("one task of a daemon on a host", created.id() + " on " + created.instance());
    }

    /** @param wanted the zone of each daemon service's hosts, or {@link #ANYWHERE} */
    static Optional<String> firstDifference(ClusterState state, Map<String, String> wanted) {
        return wanted.entrySet().stream()
                .flatMap(entry -> difference(state, entry.getKey(), entry.getValue()).stream())
                .findFirst();
    }

    private static Optional<String> difference(ClusterState state, String name, String zone) {
        ServiceId id = new ServiceId("default", name);
        Service service = state.service(id).orElse(null);
        if (service == null) return Optional.of("accepted service " + id + " is lost");
        List<InstanceId> hosts = state.instancesOf("default")
                .filter(host -> host.capacityProvider() == null)
                .filter(host -> host.status() == ContainerInstance.Status.ACTIVE)
                .filter(host -> zone.equals(ANYWHERE)
                        || host.attribute(Attribute.AVAILABILITY_ZONE)
                                .filter(zone::equals)
                                .isPresent())
                .map(ContainerInstance::id)
                .sorted()
                .toList();
        List<Task> unstopped =
                state.tasksOf(id).filter(task -> !task.isStopped()).toList();
        List<InstanceId> running = unstopped.stream()
                .filter(task -> task.isActive() && task.lastStatus() == LastStatus.RUNNING)
                .filter(task -> service.deployment().equals(task.deployment()))
                .map(Task::instance)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        if (!running.equals(hosts) || unstopped.size() != running.size())
            return Optional.of(
                    id + " runs on " + running + " with " + unstopped.size() + " tasks, wants " + new TreeSet<>(hosts));
        Optional<Deployment> deployment = state.deployment(service.deployment());
        return deployment.filter(Deployment::steady).isPresent()
                        && deployment.get().desiredCount() == hosts.size()
                ? Optional.empty()
                : Optional.of(id + " is not steady: " + deployment);
    }
}
