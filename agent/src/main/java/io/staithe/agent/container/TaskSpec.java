package io.staithe.agent.container;

import io.staithe.core.model.InstanceId;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskOverride;
import org.jspecify.annotations.Nullable;

/** A task as its containers need to know it: whose they are, and what they share. */
public record TaskSpec(
        InstanceId owner, TaskId task, String cluster, TaskDefinition definition, TaskOverride overrides) {
    /** CPU units that the whole task may use; absent: no ceiling. */
    public @Nullable Integer cpuUnits() {
        return overrides.cpu() != null ? overrides.cpu() : definition.cpu();
    }

    /** MiB that the whole task may use; absent: each container's own limit holds. */
    public @Nullable Integer memoryMib() {
        return overrides.memory() != null ? overrides.memory() : definition.memory();
    }
}
