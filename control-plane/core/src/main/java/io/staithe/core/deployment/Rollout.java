package io.staithe.core.deployment;

import io.staithe.core.lifecycle.TaskHealth;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A service's active tasks, sorted into those that stay and those that are to be replaced, and what the deployment
 * configuration allows to be done about it now. Counts as ECS does: pending and running tasks against the maximum, healthy
 * ones against the minimum.
 */
final class Rollout {
    private final int desired;
    private final int minimumHealthy;
    private final int maximum;
    /** Of the primary deployment, healthy or still on their way, on a host that keeps its tasks. */
    private final List<Task> staying = new ArrayList<>();
    /** Of an older deployment, on a draining host, or failing. */
    private final List<Task> leaving = new ArrayList<>();

    private final Map<Task, TaskHealth> health = new HashMap<>();
    private final Set<Task> unchecked = new HashSet<>();

    Rollout(ClusterState state, Service service, DeploymentId primary, List<Task> active, Instant now) {
        desired = service.status() == Service.Status.ACTIVE ? service.desiredCount() : 0;
        minimumHealthy = service.deploymentConfiguration().minimumHealthy(desired);
        maximum = Math.max(desired, service.deploymentConfiguration().maximum(desired));
        for (Task task : active) {
            TaskHealth verdict = TaskHealth.of(state, task, now);
            health.put(task, verdict);
            if (!TaskHealth.isChecked(state, task)) unchecked.add(task);
            boolean stays = primary.equals(task.deployment())
                    && hostKeepsTasks(state, task)
                    && verdict.verdict() != TaskHealth.Verdict.UNHEALTHY;
            (stays ? staying : leaving).add(task);
        }
    }

    List<Task> staying() {
        return staying;
    }

    List<Task> leaving() {
        return leaving;
    }

    /** How many tasks may be started now. */
    int toStart() {
        int missing = desired - staying.size();
        int room = maximum - staying.size() - leaving.size();
        return Math.max(0, Math.min(missing, room));
    }

    /** The tasks that may be stopped now, in the order in which to stop them. */
    List<Task> toStop() {
        List<Task> stop = new ArrayList<>();
        int healthy = (int) all().filter(Rollout::isHealthy).count();
        boolean noRoom = staying.size() < desired && toStart() == 0;
        for (Task task : leaving.stream()
                .sorted(LEAST_USEFUL_FIRST.thenComparing(Task::createdAt))
                .toList()) {
            if (task.lastStatus().isBefore(LastStatus.RUNNING)) stop.add(task);
            else if (!isHealthy(task)) {
                // Replaced before it is stopped, unless it fails and there is no room for the replacement. One that is
                // merely undecided may be serving: a proxy that restarts knows nothing for a moment.
                if (healthy >= minimumHealthy || (noRoom && isFailing(task))) stop.add(task);
            } else if (healthy > minimumHealthy) {
                stop.add(task);
                healthy--;
            }
        }
        stop.addAll(surplus());
        return stop;
    }

    /** Nothing is left to do, and everything is well. */
    boolean isSteady() {
        return leaving.isEmpty()
                && staying.size() == desired
                && staying.stream().allMatch(this::isSettled);
    }

    /** Something is to be done, and the deployment configuration allows no step. */
    boolean isStuck() {
        return !leaving.isEmpty()
                && staying.size() < desired
                && toStart() == 0
                && toStop().isEmpty()
                && all().allMatch(this::isSettled);
    }

    TaskHealth healthOf(Task task) {
        return health.getOrDefault(task, new TaskHealth(TaskHealth.Verdict.UNDECIDED, "", null));
    }

    /** More than wanted: those go first that serve least; then from the fullest hosts, the newest. */
    private List<Task> surplus() {
        int tooMany = staying.size() - desired;
        if (tooMany <= 0) return List.of();
        Map<String, Integer> onHost = new HashMap<>();
        for (Task task : staying) onHost.merge(hostOf(task), 1, Integer::sum);
        List<Task> candidates = new ArrayList<>(staying);
        List<Task> surplus = new ArrayList<>();
        while (surplus.size() < tooMany) {
            Task next = candidates.stream()
                    .min(LEAST_USEFUL_FIRST
                            .thenComparing(task -> -onHost.getOrDefault(hostOf(task), 0))
                            .thenComparing(Task::createdAt, Comparator.reverseOrder())
                            .thenComparing(Task::id))
                    .orElseThrow();
            candidates.remove(next);
            onHost.merge(hostOf(next), -1, Integer::sum);
            surplus.add(next);
        }
        return surplus;
    }

    private Stream<Task> all() {
        return Stream.concat(staying.stream(), leaving.stream());
    }

    /** Running, and healthy where there is something to tell by. */
    private boolean isSettled(Task task) {
        return task.lastStatus() == LastStatus.RUNNING && (isHealthy(task) || unchecked.contains(task));
    }

    private boolean isFailing(Task task) {
        return healthOf(task).verdict() == TaskHealth.Verdict.UNHEALTHY;
    }

    private static boolean isHealthy(Task task) {
        return task.healthySince() != null;
    }

    private static final Comparator<Task> LEAST_USEFUL_FIRST =
            Comparator.<Task, Boolean>comparing(Rollout::isHealthy).thenComparing(Task::lastStatus);

    private static String hostOf(Task task) {
        return task.instance() == null ? "" : task.instance().value();
    }

    private static boolean hostKeepsTasks(ClusterState state, Task task) {
        return task.instance() == null
                || state.instance(task.instance())
                        .filter(host -> host.status() != ContainerInstance.Status.DRAINING)
                        .isPresent();
    }
}
