package io.staithe.core.model;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One container of a task definition, in the names of ECS's {@code ContainerDefinition}.
 *
 * @param cpu CPU units (1024 = one core): a share of the host, not a ceiling; absent or 0: the least share
 * @param memory hard limit in MiB: the container is killed beyond it
 * @param memoryReservation soft limit in MiB: what is reserved on the host where {@code memory} is absent
 * @param essential absent: true. When an essential container ends, the task ends
 * @param startTimeout seconds until a dependency is given up
 * @param stopTimeout seconds between SIGTERM and SIGKILL; absent: 30
 * @param versionConsistency enabled or disabled; absent: enabled. Whether all tasks of a deployment run the image that its
 *     first one found under the tag
 * @param readinessCheck Staithe's own: while it fails, the task gets no new requests, but goes on
 * @param preStop Staithe's own: what is run inside it before it is stopped
 */
public record ContainerDefinition(
        String name,
        String image,
        @Nullable RepositoryCredentials repositoryCredentials,
        @Nullable Integer cpu,
        @Nullable Integer memory,
        @Nullable Integer memoryReservation,
        List<String> links,
        List<PortMapping> portMappings,
        @Nullable Boolean essential,
        @Nullable RestartPolicy restartPolicy,
        List<String> entryPoint,
        List<String> command,
        List<KeyValuePair> environment,
        List<EnvironmentFile> environmentFiles,
        List<MountPoint> mountPoints,
        List<VolumeFrom> volumesFrom,
        @Nullable LinuxParameters linuxParameters,
        List<Secret> secrets,
        List<ContainerDependency> dependsOn,
        @Nullable Integer startTimeout,
        @Nullable Integer stopTimeout,
        @Nullable String versionConsistency,
        @Nullable String hostname,
        @Nullable String user,
        @Nullable String workingDirectory,
        @Nullable Boolean disableNetworking,
        @Nullable Boolean privileged,
        @Nullable Boolean readonlyRootFilesystem,
        List<String> dnsServers,
        List<String> dnsSearchDomains,
        List<HostEntry> extraHosts,
        List<String> dockerSecurityOptions,
        @Nullable Boolean interactive,
        @Nullable Boolean pseudoTerminal,
        Map<String, String> dockerLabels,
        List<Ulimit> ulimits,
        @Nullable LogConfiguration logConfiguration,
        @Nullable HealthCheck healthCheck,
        @Nullable HealthCheck readinessCheck,
        @Nullable PreStop preStop,
        List<SystemControl> systemControls,
        List<ResourceRequirement> resourceRequirements,
        @Nullable FirelensConfiguration firelensConfiguration) {

    /** Docker refuses a smaller memory limit. */
    private static final int MIN_MEMORY_MIB = 6;

    private static final int MAX_CPU_UNITS = 196_608;
    private static final int MAX_MEMORY_MIB = 1 << 24;

    public ContainerDefinition {
        Check.name(name, "name");
        ImageName.check(image, "image");
        Check.range(cpu, 0, MAX_CPU_UNITS, "cpu");
        Check.range(memory, MIN_MEMORY_MIB, MAX_MEMORY_MIB, "memory");
        Check.range(memoryReservation, MIN_MEMORY_MIB, MAX_MEMORY_MIB, "memoryReservation");
        if (memory != null && memoryReservation != null)
            Check.that(memory >= memoryReservation, "memory", "must not be less than memoryReservation");
        Check.range(startTimeout, 2, 86_400, "startTimeout");
        Check.range(stopTimeout, 0, 86_400, "stopTimeout");
        Check.oneOf(versionConsistency, List.of("enabled", "disabled"), "versionConsistency");
        Check.optionalText(hostname, "hostname", 253);
        Check.optionalText(user, "user", 255);
        Check.optionalText(workingDirectory, "workingDirectory", 4096);
        links = Check.list(links);
        portMappings = Check.list(portMappings);
        Check.atMost(portMappings, 100, "portMappings");
        entryPoint = Check.list(entryPoint);
        command = Check.list(command);
        environment = Check.list(environment);
        environmentFiles = Check.list(environmentFiles);
        Check.atMost(environmentFiles, 10, "environmentFiles");
        mountPoints = Check.list(mountPoints);
        volumesFrom = Check.list(volumesFrom);
        secrets = Check.list(secrets);
        dependsOn = Check.list(dependsOn);
        dnsServers = Check.list(dnsServers);
        dnsSearchDomains = Check.list(dnsSearchDomains);
        extraHosts = Check.list(extraHosts);
        dockerSecurityOptions = Check.list(dockerSecurityOptions);
        dockerLabels = Check.map(dockerLabels);
        ulimits = Check.list(ulimits);
        systemControls = Check.list(systemControls);
        resourceRequirements = Check.list(resourceRequirements);
        Check.that(
                readinessCheck == null || essential == null || essential,
                "readinessCheck",
                "is only of use in an essential container: the others decide nothing about their task");
        checkSecretsDoNotShadow(environment, secrets);
    }

    /** The smallest definition: everything else absent. */
    public static ContainerDefinition of(String name, String image) {
        return new ContainerDefinition(
                name, image, null, null, null, null, List.of(), List.of(), null, null, List.of(), List.of(), List.of(),
                List.of(), List.of(), List.of(), null, List.of(), List.of(), null, null, null, null, null, null, null,
                null, null, List.of(), List.of(), List.of(), List.of(), null, null, Map.of(), List.of(), null, null,
                null, null, List.of(), List.of(), null);
    }

    public ContainerDefinitionBuilder but() {
        return new ContainerDefinitionBuilder(this);
    }

    public boolean isEssential() {
        return essential == null || essential;
    }

    /** Whether what its image's tag stands for is found out once for all tasks of a deployment. */
    public boolean isResolvedOnce() {
        return !"disabled".equals(versionConsistency)
                && ImageName.digestOf(image).isEmpty();
    }

    public int stopTimeoutSeconds() {
        return stopTimeout == null ? 30 : stopTimeout;
    }

    public int cpuUnits() {
        return cpu == null ? 0 : cpu;
    }

    /** What this container keeps reserved on its host, in MiB: the soft limit if there is one, else the hard one. */
    public int reservedMemoryMib() {
        if (memoryReservation != null) return memoryReservation;
        return memory == null ? 0 : memory;
    }

    private static void checkSecretsDoNotShadow(List<KeyValuePair> environment, List<Secret> secrets) {
        Set<String> names = new HashSet<>();
        environment.forEach(variable -> names.add(variable.name()));
        for (Secret secret : secrets)
            Check.that(
                    names.add(secret.name()),
                    "secrets",
                    "the name " + secret.name() + " is given twice among environment and secrets");
    }
}
