package io.staithe.server.apply;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Service;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.server.ecs.Deployments;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a service is at, and what its deployment waits for. */
final class ExplainService {
    private static final int MAX_FAILURES_SHOWN = 5;

    private final ClusterState state;
    private final Service service;
    private final List<Task> tasks;

    ExplainService(ClusterState state, Service service) {
        this.state = state;
        this.service = service;
        this.tasks = state.tasksOf(service.id()).toList();
    }

    String summary() {
        return switch (service.status()) {
            case INACTIVE -> "It was deleted.";
            case DRAINING -> "It is being deleted; tasks still stopping: " + count(tasks, false) + ".";
            case ACTIVE -> current();
        };
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        int desired = Deployments.desiredCount(state, service);
        String what = desired + " tasks of " + service.revision().taskDefinition();
        lines.add("It wants " + what + (service.isDaemon() ? ", one on each host that qualifies." : "."));
        state.deploymentsOf(service.id())
                .filter(deployment -> deployment.incarnation().equals(service.incarnation()))
                .filter(deployment -> deployment.status() != Deployment.Status.INACTIVE)
                .forEach(deployment -> lines.add(describe(deployment)));
        if (service.isActiveDaemon()) lines.addAll(ExplainDaemon.lines(state, service));
        waiting().forEach((why, number) -> lines.add(number + " waiting for a host: " + why + "."));
        long activating = tasks.stream()
                .filter(task -> task.isActive() && task.lastStatus() == LastStatus.ACTIVATING)
                .count();
        if (activating > 0) lines.add(activating + " waiting for their targets to become healthy.");
        long unhealthy = tasks.stream()
                .filter(task ->
                        task.isActive() && task.lastStatus() == LastStatus.RUNNING && task.healthySince() == null)
                .count();
        if (unhealthy > 0) lines.add(unhealthy + " running that do not count as healthy.");
        state.rebalancing(service.cluster()).stream()
                .flatMap(status -> status.heldBack(service.id()))
                .map(held -> "Its tasks could be spread better, and are not moved: " + held.message() + ".")
                .forEach(lines::add);
        lines.addAll(failures());
        return lines;
    }

    private String current() {
        int desired = Deployments.desiredCount(state, service);
        String tally = count(tasks, true) + " of " + desired + " tasks run";
        Optional<Deployment> primary = state.deployment(service.deployment());
        if (primary.isEmpty())
            return "Its deployment ecs-svc/" + service.deployment() + " is about to begin; " + tally + ".";
        if (primary.get().rolloutState() == Deployment.RolloutState.COMPLETED)
            return (count(tasks, true) == desired ? "It is steady: " : "It is deployed, and not steady: ") + tally
                    + ".";
        return primary.get().rolloutStateReason() + " " + tally + ".";
    }

    private static long count(List<Task> tasks, boolean running) {
        return tasks.stream()
                .filter(task ->
                        running ? task.isActive() && task.lastStatus() == LastStatus.RUNNING : !task.isStopped())
                .count();
    }

    private String describe(Deployment deployment) {
        List<Task> own = tasks.stream()
                .filter(task -> deployment.id().equals(task.deployment()))
                .toList();
        return "Deployment ecs-svc/" + deployment.id() + " (" + deployment.status() + ", "
                + deployment.rolloutState() + ") of " + deployment.revision().taskDefinition() + ": "
                + count(own, true) + " running, " + (count(own, false) - count(own, true)) + " on their way.";
    }

    private Map<String, Long> waiting() {
        return tasks.stream()
                .filter(task -> task.isActive() && task.instance() == null)
                .collect(Collectors.groupingBy(
                        task -> task.placement() == null
                                ? "the scheduler has not looked at them yet"
                                : task.placement().summary(),
                        LinkedHashMap::new,
                        Collectors.counting()));
    }

    /** The latest tasks that ended by themselves. */
    private List<String> failures() {
        return tasks.stream()
                .filter(task -> task.stopCode() == StopCode.TaskFailedToStart
                        || task.stopCode() == StopCode.EssentialContainerExited)
                .filter(task -> task.stoppingAt() != null)
                .sorted(Comparator.comparing(Task::stoppingAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                        .reversed())
                .limit(MAX_FAILURES_SHOWN)
                .map(task -> "Task " + task.id() + " ended at " + task.stoppingAt() + ": "
                        + (task.stoppedReason() == null ? task.stopCode() : task.stoppedReason()) + ".")
                .toList();
    }
}
