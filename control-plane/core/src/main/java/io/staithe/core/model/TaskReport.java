package io.staithe.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a task's host says of it. Reports carry the host's incarnation and a rising sequence number; what is older than
 * what is known changes nothing.
 *
 * @param incarnation the agent's data folder's number: a host that lost its memory starts a new one
 * @param sequence rises with each report of this task within an incarnation
 * @param reason why it stopped or failed to start, in ECS's words where there are some; absent while all is well
 */
public record TaskReport(
        TaskId task,
        InstanceId instance,
        long incarnation,
        long sequence,
        ContainerReport.State lastStatus,
        HealthStatus healthStatus,
        List<ContainerReport> containers,
        @Nullable Instant pullStartedAt,
        @Nullable Instant pullStoppedAt,
        @Nullable Instant startedAt,
        @Nullable Instant executionStoppedAt,
        @Nullable Instant stoppedAt,
        @Nullable StopCode stopCode,
        @Nullable String reason)
        implements Entity {
    public TaskReport {
        containers = Check.list(containers);
        Check.atMost(containers, TaskDefinition.MAX_CONTAINERS, "containers");
    }

    @Override
    public Key key() {
        return Key.taskReport(task);
    }

    public Optional<ContainerReport> container(String name) {
        return containers.stream().filter(c -> c.name().equals(name)).findFirst();
    }

    /** The first container that may not be sent requests yet, or not now; empty: the task may be. */
    public Optional<ContainerReport> unready() {
        return containers.stream().filter(c -> !c.isReady()).findFirst();
    }

    /** Whether this report tells something newer than {@code known}. Terminal reports absorb everything. */
    public boolean supersedes(@Nullable TaskReport known) {
        if (known == null) return true;
        if (!known.instance.equals(instance)) return false;
        if (known.lastStatus == ContainerReport.State.STOPPED) return false;
        if (incarnation != known.incarnation) return incarnation > known.incarnation;
        return sequence > known.sequence;
    }

    /** The host port under which a container's port is reached; empty until it is known. */
    public Optional<NetworkBinding> binding(String container, int containerPort) {
        return container(container).stream()
                .flatMap(c -> c.networkBindings().stream())
                .filter(b -> b.containerPort() == containerPort && b.protocol().equals("tcp"))
                .findFirst();
    }
}
