package io.staithe.agent.container;

import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.KeyValuePair;
import io.staithe.core.model.LinuxParameters;
import io.staithe.core.model.LogConfiguration;
import io.staithe.core.model.MountPoint;
import io.staithe.core.model.PortMapping;
import io.staithe.core.model.PreStop;
import io.staithe.core.model.SystemControl;
import io.staithe.core.model.Ulimit;
import io.staithe.core.model.VolumeFrom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A container definition under construction: what a test does not say is absent. */
public final class ContainerSample {
    public final String name;
    public final String image;
    public Integer cpu;
    public Integer memory = 64;
    public Integer memoryReservation;
    public final List<String> links = new ArrayList<>();
    public final List<PortMapping> ports = new ArrayList<>();
    public List<String> entryPoint = List.of();
    public List<String> command = List.of();
    public final List<KeyValuePair> environment = new ArrayList<>();
    public final List<MountPoint> mounts = new ArrayList<>();
    public final List<VolumeFrom> volumesFrom = new ArrayList<>();
    public LinuxParameters linux;
    public Integer stopTimeout;
    public String hostname;
    public String user;
    public String workingDirectory;
    public Boolean privileged;
    public Boolean readonlyRootFilesystem;
    public final List<String> dockerSecurityOptions = new ArrayList<>();
    public Boolean pseudoTerminal;
    public final Map<String, String> dockerLabels = new HashMap<>();
    public final List<Ulimit> ulimits = new ArrayList<>();
    public LogConfiguration logConfiguration;
    public HealthCheck healthCheck;
    public HealthCheck readinessCheck;
    public PreStop preStop;
    public final List<SystemControl> systemControls = new ArrayList<>();

    public ContainerSample(String name, String image) {
        this.name = name;
        this.image = image;
    }

    public ContainerDefinition build() {
        return ContainerDefinition.of(name, image)
                .but()
                .cpu(cpu)
                .memory(memory)
                .memoryReservation(memoryReservation)
                .links(links)
                .portMappings(ports)
                .entryPoint(entryPoint)
                .command(command)
                .environment(environment)
                .mountPoints(mounts)
                .volumesFrom(volumesFrom)
                .linuxParameters(linux)
                .stopTimeout(stopTimeout)
                .hostname(hostname)
                .user(user)
                .workingDirectory(workingDirectory)
                .privileged(privileged)
                .readonlyRootFilesystem(readonlyRootFilesystem)
                .dockerSecurityOptions(dockerSecurityOptions)
                .pseudoTerminal(pseudoTerminal)
                .dockerLabels(dockerLabels)
                .ulimits(ulimits)
                .logConfiguration(logConfiguration)
                .healthCheck(healthCheck)
                .readinessCheck(readinessCheck)
                .preStop(preStop)
                .systemControls(systemControls)
                .build();
    }
}
