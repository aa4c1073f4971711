package io.staithe.core.instance;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Service;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.List;

/**
 * Stops what is left on a host when its drain deadline has passed, whatever minimum, protection or missing room elsewhere kept it.
 * The order is the usual one: targets drain first. Daemons go when nothing that they may serve is left.
 */
final class DrainDeadline {
    /** Tasks stopped in one plan: they fit a commit. */
    private static final int MAX_TASKS_PER_PLAN = 40;

    private DrainDeadline() {}

    static Plan plan(ClusterState state, ContainerInstance host, Instant now) {
        Instant deadline = host.drainDeadline();
        if (deadline == null || host.status() != ContainerInstance.Status.DRAINING) return Plan.NOTHING;
        if (now.isBefore(deadline)) return Plan.wakeAt(deadline);
        List<Task> left = state.tasksOn(host.id()).filter(Task::holdsResources).toList();
        boolean onlyDaemons = left.stream().allMatch(task -> isOfDaemon(state, task));
        Plan.Builder plan = new Plan.Builder();
        left.stream()
                .filter(Task::isActive)
                .filter(task -> onlyDaemons || !isOfDaemon(state, task))
                .limit(MAX_TASKS_PER_PLAN)
                .forEach(task -> plan.update(state, stopped(task, deadline, now)));
        return plan.build();
    }

    /** Of a service, its scheduler stops it, as ECS does on draining hosts; a task of its own loses its host. */
    private static Task stopped(Task task, Instant deadline, Instant now) {
        StopCode code = task.service() == null ? StopCode.TerminationNotice : StopCode.ServiceSchedulerInitiated;
        return task.but()
                .stop(code, "The host of this task is draining, and its deadline " + deadline + " has passed", now)
                .build();
    }

    private static boolean isOfDaemon(ClusterState state, Task task) {
        return task.service() != null
                && state.service(task.service()).filter(Service::isDaemon).isPresent();
    }
}
