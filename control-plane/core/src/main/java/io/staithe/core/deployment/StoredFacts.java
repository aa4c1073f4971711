package io.staithe.core.deployment;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.Task;
import java.util.List;

/** What the store says of a service's tasks, as far as a stage of its primary deployment waits for it. */
record StoredFacts(Deployment primary, List<Task> tasks, Rollout rollout) implements Stages.Facts {
    @Override
    public boolean isReconciled() {
        return tasks.stream()
                .filter(Task::isActive)
                .allMatch(task -> primary.id().equals(task.deployment())
                        || (primary.source() != null && primary.source().equals(task.deployment())));
    }

    @Override
    public boolean isScaledUp() {
        return rollout.isScaledUp();
    }

    @Override
    public boolean isCleanedUp() {
        return tasks.stream().filter(task -> !task.isStopped()).allMatch(task -> primary.id()
                .equals(task.deployment()));
    }
}
