package io.staithe.agent.task;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** How long the containers of stopped tasks are kept for their logs: a bounded time, and of a bounded number of tasks. */
final class Retention {
    private final Limits limits;

    Retention(Limits limits) {
        this.limits = limits;
    }

    /** Those of which nothing need be kept. */
    List<TaskRun> over(Collection<TaskRun> tasks, Round round) {
        List<TaskRun> newestFirst = tasks.stream()
                .filter(TaskRun::isStopped)
                .sorted(Comparator.comparing(Retention::stoppedAt).reversed())
                .toList();
        return newestFirst.stream()
                .filter(task -> newestFirst.indexOf(task) >= limits.keepStoppedTasks()
                        || !task.hasContainers()
                        || round.isDue(stoppedAt(task).plus(limits.keepStopped())))
                .toList();
    }

    private static Instant stoppedAt(TaskRun task) {
        return Objects.requireNonNull(task.stoppedAt());
    }
}
