package io.staithe.capacity.planner;

import io.staithe.core.model.Resources;
import io.staithe.core.model.RuntimePlatform;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.scheduler.Demand;
import io.staithe.core.state.ClusterState;
import org.jspecify.annotations.Nullable;

/**
 * A task for which a host is to be bought, or one that may come.
 *
 * @param task absent: it may come, and room is kept ready for it
 */
record Need(
        @Nullable Task task,
        Demand demand,
        Resources amount,
        @Nullable String architecture) {
    static Need of(Task task, ClusterState state) {
        TaskDefinition definition = state.taskDefinition(task.taskDefinition()).orElse(null);
        RuntimePlatform platform = definition == null ? null : definition.runtimePlatform();
        return new Need(
                task,
                Demand.of(task, definition),
                task.reserved(),
                platform == null ? null : platform.cpuArchitecture());
    }

    /** {@code task 0123..., of service:web}, for explanations. */
    String told() {
        return task == null ? "tasks that may come" : "task " + task.id() + " of " + task.group();
    }

    /** What the id of a host that is bought for it is made from. */
    String facts() {
        return task == null ? "warm" : task.id().value();
    }
}
