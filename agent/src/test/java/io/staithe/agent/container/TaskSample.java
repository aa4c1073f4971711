package io.staithe.agent.container;

import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskOverride;
import io.staithe.core.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A task under construction. */
public final class TaskSample {
    public final InstanceId owner;
    public final TaskId id = TaskId.of(hex());
    public NetworkMode networkMode = NetworkMode.BRIDGE;
    public final List<Volume> volumes = new ArrayList<>();
    public Integer cpu;
    public Integer memory;

    public TaskSample(InstanceId owner) {
        this.owner = owner;
    }

    /** 32 hexadecimal digits that no other test run has. */
    public static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    public TaskSpec of(ContainerSample... containers) {
        List<ContainerDefinition> definitions = new ArrayList<>();
        for (ContainerSample container : containers) definitions.add(container.build());
        TaskDefinition definition = new TaskDefinition(
                "contract",
                1,
                TaskDefinition.Status.ACTIVE,
                null,
                null,
                networkMode,
                definitions,
                volumes,
                List.of(),
                List.of(),
                cpu,
                memory,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null);
        return new TaskSpec(owner, id, "default", definition, TaskOverride.NONE);
    }
}
