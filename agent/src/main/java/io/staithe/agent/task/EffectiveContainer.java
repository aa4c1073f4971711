package io.staithe.agent.task;

import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.EnvironmentFile;
import io.staithe.core.model.KeyValuePair;
import io.staithe.core.model.LogConfiguration;
import io.staithe.core.model.Secret;
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
    private final ContainerDefinition from;
    private List<String> command;
    private List<KeyValuePair> environment;
    private List<EnvironmentFile> environmentFiles;
    private List<Secret> secrets;
    private @Nullable Integer cpu;
    private @Nullable Integer memory;
    private @Nullable Integer memoryReservation;
    private @Nullable LogConfiguration logConfiguration;

    private EffectiveContainer(ContainerDefinition from) {
        this.from = from;
        command = from.command();
        environment = from.environment();
        environmentFiles = from.environmentFiles();
        secrets = from.secrets();
        cpu = from.cpu();
        memory = from.memory();
        memoryReservation = from.memoryReservation();
        logConfiguration = from.logConfiguration();
    }

    /** The task's containers with its overrides applied. */
    public static List<ContainerDefinition> of(AssignedTask task) {
        return task.definition().containerDefinitions().stream()
                .map(container -> overridden(container, task.overrides().containerOverrides()))
                .toList();
    }

    private static ContainerDefinition overridden(ContainerDefinition container, List<ContainerOverride> overrides) {
        EffectiveContainer effective = new EffectiveContainer(container);
        for (ContainerOverride override : overrides)
            if (override.name().equals(container.name())) effective.apply(override);
        return effective.build();
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
        EffectiveContainer effective = new EffectiveContainer(container);
        effective.environment = pairs(environment);
        effective.environmentFiles = List.of();
        effective.secrets = List.of();
        effective.logConfiguration = logConfiguration;
        return effective.build();
    }

    private void apply(ContainerOverride override) {
        if (!override.command().isEmpty()) command = override.command();
        if (override.cpu() != null) cpu = override.cpu();
        if (override.memory() != null) memory = override.memory();
        if (override.memoryReservation() != null) memoryReservation = override.memoryReservation();
        Map<String, String> merged = new LinkedHashMap<>();
        environment.forEach(variable -> merged.put(variable.name(), variable.value()));
        override.environment().forEach(variable -> merged.put(variable.name(), variable.value()));
        environment = pairs(merged);
        secrets = secrets.stream()
                .filter(secret -> !merged.containsKey(secret.name()))
                .toList();
        List<EnvironmentFile> files = new ArrayList<>(environmentFiles);
        files.addAll(override.environmentFiles());
        environmentFiles = files;
    }

    private static List<KeyValuePair> pairs(Map<String, String> environment) {
        return environment.entrySet().stream()
                .map(variable -> new KeyValuePair(variable.getKey(), variable.getValue()))
                .toList();
    }

    private ContainerDefinition build() {
        return new ContainerDefinition(
                from.name(),
                from.image(),
                from.repositoryCredentials(),
                cpu,
                memory,
                memoryReservation,
                from.links(),
                from.portMappings(),
                from.essential(),
                from.restartPolicy(),
                from.entryPoint(),
                command,
                environment,
                environmentFiles,
                from.mountPoints(),
                from.volumesFrom(),
                from.linuxParameters(),
                secrets,
                from.dependsOn(),
                from.startTimeout(),
                from.stopTimeout(),
                from.versionConsistency(),
                from.hostname(),
                from.user(),
                from.workingDirectory(),
                from.disableNetworking(),
                from.privileged(),
                from.readonlyRootFilesystem(),
                from.dnsServers(),
                from.dnsSearchDomains(),
                from.extraHosts(),
                from.dockerSecurityOptions(),
                from.interactive(),
                from.pseudoTerminal(),
                from.dockerLabels(),
                from.ulimits(),
                logConfiguration,
                from.healthCheck(),
                from.systemControls(),
                from.resourceRequirements(),
                from.firelensConfiguration());
    }
}
