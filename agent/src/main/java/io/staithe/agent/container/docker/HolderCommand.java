package io.staithe.agent.container.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.LogConfig.LoggingType;
import com.github.dockerjava.api.model.RestartPolicy;
import io.staithe.agent.container.Labels;
import io.staithe.agent.container.Names;
import io.staithe.agent.container.TaskSpec;
import java.util.List;

/** A task's network holder in Docker's words: as little as can own a namespace, and with no right to do anything. */
final class HolderCommand {
    private static final String NOBODY = "65534:65534";
    /** It touches two pages; Docker itself needs a few MiB to start a process. */
    private static final long MEMORY_BYTES = 16L * 1024 * 1024;

    private HolderCommand() {}

    static CreateContainerCmd of(TaskSpec task, DockerClient docker) {
        HostConfig host = HostConfig.newHostConfig()
                .withRestartPolicy(RestartPolicy.noRestart())
                .withLogConfig(new LogConfig(LoggingType.NONE))
                .withMemory(MEMORY_BYTES)
                .withMemorySwap(MEMORY_BYTES)
                .withReadonlyRootfs(true)
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges"));
        CreateContainerCmd command = docker.createContainerCmd(HolderImage.REFERENCE)
                .withName(Names.networkHolder(task.task()))
                .withLabels(Labels.ofNetworkHolder(task))
                .withUser(NOBODY)
                .withEntrypoint(HolderImage.PROGRAM)
                .withHealthcheck(new HealthCheck().withTest(List.of("NONE")))
                .withHostConfig(host);
        Networking.applyToHolder(task, command, host);
        Namespaces.applyToHolder(task, host);
        return command;
    }
}
