package io.staithe.agent.task;

import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerDefinitionBuilder;
import io.staithe.core.model.EnvironmentFile;
import io.staithe.core.model.KeyValuePair;
import io.staithe.core.model.LogConfiguration;
import io.staithe.core.model.TaskOverride.ContainerOverride;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container as it is to run. First the task's override is applied; then, where it is created, everything is looked up
 * that only the host knows. The environment's order, weakest first: image, environment files, definition, override.
 */
public final class EffectiveContainer {
    private EffectiveContainer() {}

    /** The task's containers with its overrides applied. */
    public static List<ContainerDefinition> of(AssignedTask task) {
        return task.definition().containerDefinitions().stream()
                .map(container -> overridden(container, task.overrides().containerOverrides()))
                .toList();
    }

    private static ContainerDefinition overridden(ContainerDefinition container, List<ContainerOverride> overrides) {
        ContainerDefinition effective = container;
        for (ContainerOverride override : overrides)
            if (override.name().equals(container.name())) effective = applied(override, effective);
        return effective;
    }

    /**
     * Nothing is left to look up: the environment files and secrets are in the environment.
     *
     * @param logConfiguration the definition's, with its secret options put into its options
     */
    public static ContainerDefinition resolved(
            ContainerDefinition container,
            Map<String, String> environment,
            @Nullable LogConfiguration logConfiguration) {
        return container
                .but()
                .environment(pairs(environment))
                .environmentFiles(List.of())
                .secrets(List.of())
                .logConfiguration(logConfiguration)
                .build();
    }

    private static ContainerDefinition applied(ContainerOverride override, ContainerDefinition to) {
        Map<String, String> merged = new LinkedHashMap<>();
        to.environment().forEach(variable -> merged.put(variable.name(), variable.value()));
        override.environment().forEach(variable -> merged.put(variable.name(), variable.value()));
        List<EnvironmentFile> files = new ArrayList<>(to.environmentFiles());
        files.addAll(override.environmentFiles());
        ContainerDefinitionBuilder effective = to.but()
                .environment(pairs(merged))
                .environmentFiles(files)
                .secrets(to.secrets().stream()
                        .filter(secret -> !merged.containsKey(secret.name()))
                        .toList());
        if (!override.command().isEmpty()) effective.command(override.command());
        if (override.cpu() != null) effective.cpu(override.cpu());
        if (override.memory() != null) effective.memory(override.memory());
        if (override.memoryReservation() != null) effective.memoryReservation(override.memoryReservation());
        return effective.build();
    }

    private static List<KeyValuePair> pairs(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(variable -> new KeyValuePair(variable.getKey(), variable.getValue()))
                .toList();
    }
}
