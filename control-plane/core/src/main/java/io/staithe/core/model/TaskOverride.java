package io.staithe.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What RunTask changes about the definition for one task. */
public record TaskOverride(
        List<ContainerOverride> containerOverrides,
        @Nullable Integer cpu,
        @Nullable Integer memory,
        @Nullable String taskRoleArn,
        @Nullable String executionRoleArn,
        @Nullable EphemeralStorage ephemeralStorage) {
    public static final TaskOverride NONE = new TaskOverride(List.of(), null, null, null, null, null);

    public TaskOverride {
        containerOverrides = Check.list(containerOverrides);
        Check.atMost(containerOverrides, TaskDefinition.MAX_CONTAINERS, "containerOverrides");
        Check.range(cpu, 128, 196_608, "cpu");
        Check.range(memory, 6, 1 << 24, "memory");
    }

    /**
     * What a task of {@code definition} keeps reserved with these overrides: its own size where there is one, else its
     * containers'.
     *
     * @throws Invalid for a container that the definition has not
     */
    public Resources reserved(TaskDefinition definition) {
        for (ContainerOverride container : containerOverrides)
            if (definition.container(container.name()).isEmpty())
                throw new Invalid(
                        "",
                        "Override for container named " + container.name()
                                + " is not a container in the TaskDefinition.");
        Resources own = definition.reserved();
        int cpuUnits = 0;
        int memoryMib = 0;
        for (ContainerDefinition container : definition.containerDefinitions()) {
            ContainerOverride override = of(container);
            cpuUnits += orElse(override == null ? null : override.cpu(), container.cpuUnits());
            memoryMib += override == null ? container.reservedMemoryMib() : override.reservedMemoryMib(container);
        }
        return new Resources(
                orElse(cpu, definition.cpu() == null ? cpuUnits : own.cpu()),
                orElse(memory, definition.memory() == null ? memoryMib : own.memory()),
                own.gpus(),
                own.others());
    }

    private @Nullable ContainerOverride of(ContainerDefinition container) {
        return containerOverrides.stream()
                .filter(override -> override.name().equals(container.name()))
                .findFirst()
                .orElse(null);
    }

    private static int orElse(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
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

        private int reservedMemoryMib(ContainerDefinition container) {
            if (memoryReservation != null) return memoryReservation;
            if (container.memoryReservation() != null) return container.reservedMemoryMib();
            return orElse(memory, container.reservedMemoryMib());
        }
    }
}
