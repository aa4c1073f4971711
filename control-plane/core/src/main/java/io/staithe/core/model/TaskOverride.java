package io.staithe.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What RunTask changes about the definition for one task. */
public record TaskOverride(
        List<ContainerOverride> containerOverrides,
        @Nullable Integer cpu,
        @Nullable Integer memory,
        @Nullable String taskRoleArn,
        @Nullable String executionRoleArn) {
    public static final TaskOverride NONE = new TaskOverride(List.of(), null, null, null, null);

    public TaskOverride {
        containerOverrides = Check.list(containerOverrides);
        Check.atMost(containerOverrides, TaskDefinition.MAX_CONTAINERS, "containerOverrides");
        Check.range(cpu, 128, 196_608, "cpu");
        Check.range(memory, 6, 1 << 24, "memory");
    }

    public record ContainerOverride(
            String name,
            List<String> command,
            List<KeyValuePair> environment,
            List<EnvironmentFile> environmentFiles,
            @Nullable Integer cpu,
            @Nullable Integer memory,
            @Nullable Integer memoryReservation) {
        public ContainerOverride {
            Check.name(name, "name");
            command = Check.list(command);
            environment = Check.list(environment);
            environmentFiles = Check.list(environmentFiles);
            Check.range(cpu, 0, 196_608, "cpu");
            Check.range(memory, 6, 1 << 24, "memory");
            Check.range(memoryReservation, 6, 1 << 24, "memoryReservation");
        }
    }
}
