package io.staithe.core.deployment;

import io.staithe.core.lifecycle.TaskHealth;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the active tasks of one service do, as far as a deployment counts it. */
final class Verdicts {
    static final Comparator<Task> LEAST_USEFUL_FIRST =
            Comparator.<Task, Boolean>comparing(Verdicts::isHealthy).thenComparing(Task::lastStatus);

    private static final TaskHealth UNKNOWN = new TaskHealth(TaskHealth.Verdict.UNDECIDED, "", null);

    private final Map<Task, TaskHealth> health = new HashMap<>();
    private final Set<Task> unchecked = new HashSet<>();

    Verdicts(ClusterState state, List<Task> active, Instant now) {
        for (Task task : active) {
            health.put(task, TaskHealth.of(state, task, now));
            if (!TaskHealth.isChecked(state, task)) unchecked.add(task);
        }
    }

    TaskHealth of(Task task) {
        return health.getOrDefault(task, UNKNOWN);
    }

    boolean isFailing(Task task) {
        return of(task).verdict() == TaskHealth.Verdict.UNHEALTHY;
    }

    static boolean isHealthy(Task task) {
        return task.healthySince() != null;
    }

    /** Running, and healthy where there is something to tell by. */
    boolean isSettled(Task task) {
        return task.lastStatus() == LastStatus.RUNNING && (isHealthy(task) || unchecked.contains(task));
    }

    /** When time alone changes the first verdict; absent: it changes none. */
    @Nullable
    Instant wakeAt() {
        Instant first = null;
        for (TaskHealth verdict : health.values()) {
            Instant at = verdict.decidesAt();
            if (at != null && (first == null || at.isBefore(first))) first = at;
        }
        return first;
    }
}
