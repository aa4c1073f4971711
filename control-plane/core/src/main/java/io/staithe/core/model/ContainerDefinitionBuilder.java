package io.staithe.core.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a changed copy of a container definition, field by field: those fields that anybody changes. */
public final class ContainerDefinitionBuilder {
    private final ContainerDefinition from;
    private String image;
    private @Nullable Integer cpu;
    private @Nullable Integer memory;
    private @Nullable Integer memoryReservation;
    private List<String> links;
    private List<PortMapping> portMappings;
    private @Nullable Boolean essential;
    private @Nullable RestartPolicy restartPolicy;
    private List<String> entryPoint;
    private List<String> command;
    private List<KeyValuePair> environment;
    private List<EnvironmentFile> environmentFiles;
    private List<MountPoint> mountPoints;
    private List<VolumeFrom> volumesFrom;
    private @Nullable LinuxParameters linuxParameters;
    private List<Secret> secrets;
    private List<ContainerDependency> dependsOn;
    private @Nullable Integer startTimeout;
    private @Nullable Integer stopTimeout;
    private @Nullable String versionConsistency;
    private @Nullable String hostname;
    private @Nullable String user;
    private @Nullable String workingDirectory;
    private @Nullable Boolean privileged;
    private @Nullable Boolean readonlyRootFilesystem;
    private List<String> dockerSecurityOptions;
    private @Nullable Boolean pseudoTerminal;
    private Map<String, String> dockerLabels;
    private List<Ulimit> ulimits;
    private @Nullable LogConfiguration logConfiguration;
    private @Nullable HealthCheck healthCheck;
    private @Nullable HealthCheck readinessCheck;
    private @Nullable PreStop preStop;
    private List<SystemControl> systemControls;
    private List<ResourceRequirement> resourceRequirements;

    ContainerDefinitionBuilder(ContainerDefinition from) {
        this.from = from;
        image = from.image();
        cpu = from.cpu();
        memory = from.memory();
        memoryReservation = from.memoryReservation();
        links = from.links();
        portMappings = from.portMappings();
        essential = from.essential();
        restartPolicy = from.restartPolicy();
        entryPoint = from.entryPoint();
        command = from.command();
        environment = from.environment();
        environmentFiles = from.environmentFiles();
        mountPoints = from.mountPoints();
        volumesFrom = from.volumesFrom();
        linuxParameters = from.linuxParameters();
        secrets = from.secrets();
        dependsOn = from.dependsOn();
        startTimeout = from.startTimeout();
        stopTimeout = from.stopTimeout();
        versionConsistency = from.versionConsistency();
        hostname = from.hostname();
        user = from.user();
        workingDirectory = from.workingDirectory();
        privileged = from.privileged();
        readonlyRootFilesystem = from.readonlyRootFilesystem();
        dockerSecurityOptions = from.dockerSecurityOptions();
        pseudoTerminal = from.pseudoTerminal();
        dockerLabels = from.dockerLabels();
        ulimits = from.ulimits();
        logConfiguration = from.logConfiguration();
        healthCheck = from.healthCheck();
        readinessCheck = from.readinessCheck();
        preStop = from.preStop();
        systemControls = from.systemControls();
        resourceRequirements = from.resourceRequirements();
    }

    public ContainerDefinitionBuilder cpu(@Nullable Integer to) {
        cpu = to;
        return this;
    }

    public ContainerDefinitionBuilder memory(@Nullable Integer to) {
        memory = to;
        return this;
    }

    public ContainerDefinitionBuilder memoryReservation(@Nullable Integer to) {
        memoryReservation = to;
        return this;
    }

    public ContainerDefinitionBuilder links(List<String> to) {
        links = to;
        return this;
    }

    public ContainerDefinitionBuilder portMappings(List<PortMapping> to) {
        portMappings = to;
        return this;
    }

    public ContainerDefinitionBuilder essential(@Nullable Boolean to) {
        essential = to;
        return this;
    }

    public ContainerDefinitionBuilder restartPolicy(@Nullable RestartPolicy to) {
        restartPolicy = to;
        return this;
    }

    public ContainerDefinitionBuilder entryPoint(List<String> to) {
        entryPoint = to;
        return this;
    }

    public ContainerDefinitionBuilder command(List<String> to) {
        command = to;
        return this;
    }

    public ContainerDefinitionBuilder environment(List<KeyValuePair> to) {
        environment = to;
        return this;
    }

    public ContainerDefinitionBuilder environmentFiles(List<EnvironmentFile> to) {
        environmentFiles = to;
        return this;
    }

    public ContainerDefinitionBuilder mountPoints(List<MountPoint> to) {
        mountPoints = to;
        return this;
    }

    public ContainerDefinitionBuilder volumesFrom(List<VolumeFrom> to) {
        volumesFrom = to;
        return this;
    }

    public ContainerDefinitionBuilder linuxParameters(@Nullable LinuxParameters to) {
        linuxParameters = to;
        return this;
    }

    public ContainerDefinitionBuilder secrets(List<Secret> to) {
        secrets = to;
        return this;
    }

    public ContainerDefinitionBuilder dependsOn(List<ContainerDependency> to) {
        dependsOn = to;
        return this;
    }

    public ContainerDefinitionBuilder startTimeout(@Nullable Integer to) {
        startTimeout = to;
        return this;
    }

    public ContainerDefinitionBuilder stopTimeout(@Nullable Integer to) {
        stopTimeout = to;
        return this;
    }

    public ContainerDefinitionBuilder versionConsistency(@Nullable String to) {
        versionConsistency = to;
        return this;
    }

    public ContainerDefinitionBuilder hostname(@Nullable String to) {
        hostname = to;
        return this;
    }

    public ContainerDefinitionBuilder user(@Nullable String to) {
        user = to;
        return this;
    }

    public ContainerDefinitionBuilder workingDirectory(@Nullable String to) {
        workingDirectory = to;
        return this;
    }

    public ContainerDefinitionBuilder privileged(@Nullable Boolean to) {
        privileged = to;
        return this;
    }

    public ContainerDefinitionBuilder readonlyRootFilesystem(@Nullable Boolean to) {
        readonlyRootFilesystem = to;
        return this;
    }

    public ContainerDefinitionBuilder dockerSecurityOptions(List<String> to) {
        dockerSecurityOptions = to;
        return this;
    }

    public ContainerDefinitionBuilder pseudoTerminal(@Nullable Boolean to) {
        pseudoTerminal = to;
        return this;
    }

    public ContainerDefinitionBuilder dockerLabels(Map<String, String> to) {
        dockerLabels = to;
        return this;
    }

    public ContainerDefinitionBuilder ulimits(List<Ulimit> to) {
        ulimits = to;
        return this;
    }

    public ContainerDefinitionBuilder logConfiguration(@Nullable LogConfiguration to) {
        logConfiguration = to;
        return this;
    }

    public ContainerDefinitionBuilder healthCheck(@Nullable HealthCheck to) {
        healthCheck = to;
        return this;
    }

    public ContainerDefinitionBuilder readinessCheck(@Nullable HealthCheck to) {
        readinessCheck = to;
        return this;
    }

    public ContainerDefinitionBuilder preStop(@Nullable PreStop to) {
        preStop = to;
        return this;
    }

    public ContainerDefinitionBuilder image(String to) {
        image = to;
        return this;
    }

    public ContainerDefinitionBuilder systemControls(List<SystemControl> to) {
        systemControls = to;
        return this;
    }

    public ContainerDefinitionBuilder resourceRequirements(List<ResourceRequirement> to) {
        resourceRequirements = to;
        return this;
    }

    public ContainerDefinition build() {
        return new ContainerDefinition(
                from.name(),
                image,
                from.repositoryCredentials(),
                cpu,
                memory,
                memoryReservation,
                links,
                portMappings,
                essential,
                restartPolicy,
                entryPoint,
                command,
                environment,
                environmentFiles,
                mountPoints,
                volumesFrom,
                linuxParameters,
                secrets,
                dependsOn,
                startTimeout,
                stopTimeout,
                versionConsistency,
                hostname,
                user,
                workingDirectory,
                from.disableNetworking(),
                privileged,
                readonlyRootFilesystem,
                from.dnsServers(),
                from.dnsSearchDomains(),
                from.extraHosts(),
                dockerSecurityOptions,
                from.interactive(),
                pseudoTerminal,
                dockerLabels,
                ulimits,
                logConfiguration,
                healthCheck,
                readinessCheck,
                preStop,
                systemControls,
                resourceRequirements,
                from.firelensConfiguration());
    }
}
