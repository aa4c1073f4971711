package io.staithe.core.gateway;

import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.TaskReport;
import java.util.List;

/**
 * What an agent knows, or what changed of it.
 *
 * @param full everything, as against what changed: targets that are not in it are gone
 * @param removedTargets target ids; empty when full
 */
public record Reports(boolean full, List<TaskReport> tasks, List<TargetHealth> targets, List<String> removedTargets) {
    /** More than any host has: a larger message is refused. */
    public static final int MAX_TASKS = 5_000;

    public static final int MAX_TARGETS = 50_000;

    public Reports {
        tasks = List.copyOf(tasks);
        targets = List.copyOf(targets);
        removedTargets = List.copyOf(removedTargets);
    }
}
