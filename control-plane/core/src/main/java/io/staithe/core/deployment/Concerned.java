package io.staithe.core.deployment;

import io.staithe.core.model.AgentSession;
import io.staithe.core.model.Alarm;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentAlarms;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.Entity;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.ClusterState;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which services to look at again because something changed. */
final class Concerned {
    private Concerned() {}

    static Stream<ServiceId> services(Entity entity, ClusterState state) {
        if (entity instanceof Service service) return Stream.of(service.id());
        if (entity instanceof Deployment deployment) return Stream.of(deployment.service());
        if (entity instanceof Task task) return ofTask(task, state);
        if (entity instanceof TaskReport report) return of(state.task(report.task()));
        if (entity instanceof TargetHealth health) return of(state.task(health.task()));
        if (entity instanceof ContainerInstance host)
            return Stream.concat(
                            state.tasksOn(host.id()).map(Task::service).filter(Objects::nonNull),
                            state.daemonsOf(host.cluster()).map(Service::id))
                    .distinct();
        if (entity instanceof Alarm alarm) return heeding(alarm, state);
        if (entity instanceof AgentSession session) return missingOn(session.instance(), state);
        return Stream.empty();
    }

    private static Stream<ServiceId> of(Optional<Task> task) {
        return task.map(Task::service).stream();
    }

    /** One that has stopped leaves room for daemons that had none, and lets them go last from a host that drains. */
    private static Stream<ServiceId> ofTask(Task task, ClusterState state) {
        Stream<ServiceId> own = task.service() == null ? ofHook(task, state) : Stream.of(task.service());
        if (task.instance() == null || !task.isStopped()) return own;
        boolean drains = state.instance(task.instance())
                .filter(host -> host.status() == ContainerInstance.Status.DRAINING)
                .isPresent();
        Stream<ServiceId> daemons =
                drains ? state.daemonsOf(task.cluster()).map(Service::id) : missingOn(task.instance(), state);
        return Stream.concat(own, daemons).distinct();
    }

    /** A hook's task bears its deployment's name and belongs to no service. */
    private static Stream<ServiceId> ofHook(Task task, ClusterState state) {
        String startedBy = task.startedBy();
        if (startedBy == null || !startedBy.matches("ecs-svc/[0-9]{1,19}")) return Stream.empty();
        return state
                .deployment(DeploymentId.of(startedBy.substring("ecs-svc/".length())))
                .map(Deployment::service)
                .stream();
    }

    private static Stream<ServiceId> heeding(Alarm alarm, ClusterState state) {
        return state.servicesWithAlarms()
                .filter(service -> heeds(service, alarm))
                .map(Service::id);
    }

    private static boolean heeds(Service service, Alarm alarm) {
        DeploymentAlarms alarms = service.deploymentConfiguration().alarms();
        return alarms != null && alarms.alarmNames().contains(alarm.name());
    }

    /** Daemon services that have no task of their present deployment on the host. */
    private static Stream<ServiceId> missingOn(InstanceId instance, ClusterState state) {
        ContainerInstance host = state.instance(instance).orElse(null);
        if (host == null || state.daemonsOf(host.cluster()).findAny().isEmpty()) return Stream.empty();
        Set<?> there = state.tasksOn(instance)
                .filter(Task::isActive)
                .map(Task::deployment)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return state.daemonsOf(host.cluster())
                .filter(daemon -> !there.contains(daemon.deployment()))
                .map(Service::id);
    }
}
