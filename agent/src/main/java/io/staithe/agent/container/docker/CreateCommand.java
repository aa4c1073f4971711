package io.staithe.agent.container.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.RestartPolicy;
import io.staithe.agent.container.ContainerSpec;
import io.staithe.agent.container.Labels;
import io.staithe.agent.container.Names;
import io.staithe.core.model.ContainerDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A container of a task, in Docker's words. Each of the parts knows one corner of the definition. */
final class CreateCommand {
    private CreateCommand() {}

    static CreateContainerCmd of(ContainerSpec spec, DockerClient docker) {
        ContainerDefinition container = spec.container();
        HostConfig host = HostConfig.newHostConfig().withRestartPolicy(RestartPolicy.noRestart());
        CreateContainerCmd command = docker.createContainerCmd(
                        ImageReference.of(container.image()).toString())
                .withName(Names.container(spec.task().task(), container.name()))
                .withLabels(Labels.of(spec))
                .withEnv(environment(container))
                .withHealthcheck(healthCheck(container))
                .withStopTimeout(container.stopTimeoutSeconds())
                .withHostConfig(host);
        if (!container.entryPoint().isEmpty()) command.withEntrypoint(container.entryPoint());
        if (!container.command().isEmpty()) command.withCmd(container.command());
        if (container.user() != null) command.withUser(container.user());
        if (container.workingDirectory() != null) command.withWorkingDir(container.workingDirectory());
        if (Boolean.TRUE.equals(container.interactive())) command.withStdinOpen(true);
        if (Boolean.TRUE.equals(container.pseudoTerminal())) command.withTty(true);
        Limits.apply(spec, host);
        Security.apply(container, host);
        Devices.apply(container, host);
        Mounts.apply(spec, host);
        Networking.apply(spec, command, host);
        Namespaces.apply(spec.task(), host);
        host.withLogConfig(Logging.of(container.logConfiguration()));
        return command;
    }

    private static List<String> environment(ContainerDefinition container) {
        List<String> variables = new ArrayList<>();
        container.environment().forEach(pair -> variables.add(pair.name() + "=" + pair.value()));
        return variables;
    }

    /** ECS ignores the health check that an image brings: only the definition's counts, and Docker makes only its own kind. */
    private static HealthCheck healthCheck(ContainerDefinition container) {
        io.staithe.core.model.HealthCheck check = container.healthCheck();
        if (check == null || check.kind().isFromOutside()) return new HealthCheck().withTest(List.of("NONE"));
        return new HealthCheck()
                .withTest(check.command())
                .withInterval(nanos(check.intervalSeconds()))
                .withTimeout(nanos(check.timeoutSeconds()))
                .withRetries(check.retriesOrDefault())
                .withStartPeriod(nanos(check.startPeriodSeconds()));
    }

    private static long nanos(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
