package io.staithe.core.scheduler;

import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What tasks have in common that wait together and are placed all or none: their deployment, or the RunTask call that made
 * them.
 */
record Gang(
        @Nullable DeploymentId deployment,
        String group,
        @Nullable Instant createdAt,
        @Nullable String clientToken) {
    /** Absent: the task is placed without regard to others. */
    static @Nullable Gang of(Task task) {
        if (!task.policy().allOrNothing()) return null;
        return task.deployment() == null
                ? new Gang(null, task.group(), task.createdAt(), task.clientToken())
                : new Gang(task.deployment(), task.group(), null, null);
    }

    /** The members of every gang, each in the order of {@code waiting}. */
    static Map<Gang, List<Task>> among(Collection<Task> waiting) {
        Map<Gang, List<Task>> gangs = new HashMap<>();
        for (Task task : waiting) {
            Gang gang = of(task);
            if (gang != null)
                gangs.computeIfAbsent(gang, any -> new ArrayList<>()).add(task);
        }
        return gangs;
    }
}
