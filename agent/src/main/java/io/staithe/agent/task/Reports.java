package io.staithe.agent.task;

import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.NetworkBinding;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is said of each task. A report that says something new has a higher sequence number; a stopped task's is its last. */
final class Reports {
    /** Above any number that a task had before it was buried, and its reports with it. */
    private static final long AFTER_TOMBSTONE = 1L << 32;

    private final Set<TaskId> buried = new HashSet<>();
    private final Map<TaskId, TaskReport> latest = new LinkedHashMap<>();
    private final Map<TaskId, TaskReport> changed = new LinkedHashMap<>();
    private final InstanceId instance;
    private final long incarnation;

    Reports(InstanceId instance, long incarnation) {
        this.instance = instance;
        this.incarnation = incarnation;
    }

    void restore(TaskReport report) {
        latest.put(report.task(), report);
    }

    void forget(TaskId task) {
        latest.remove(task);
        buried.remove(task);
    }

    /** The control plane may have heard of it before: what is said now must be newer than that. */
    void continueAfterTombstone(TaskId task) {
        buried.add(task);
    }

    void refresh(TaskRun task) {
        TaskReport known = latest.get(task.id());
        if (known != null && known.lastStatus() == ContainerReport.State.STOPPED) return;
        long sequence = known != null ? known.sequence() : buried.contains(task.id()) ? AFTER_TOMBSTONE : 0;
        if (known != null && describe(task, sequence).equals(known)) return;
        TaskReport report = describe(task, sequence + 1);
        latest.put(task.id(), report);
        changed.put(task.id(), report);
    }

    Optional<TaskReport> of(TaskId task) {
        return Optional.ofNullable(latest.get(task));
    }

    /** Those that say something new since this was last asked. */
    List<TaskReport> takeChanged() {
        List<TaskReport> taken = List.copyOf(changed.values());
        changed.clear();
        return taken;
    }

    private TaskReport describe(TaskRun task, long sequence) {
        List<ContainerReport> containers = new ArrayList<>();
        for (ContainerRun container : task.containers.values()) containers.add(describe(task, container));
        return new TaskReport(
                task.id(),
                instance,
                incarnation,
                sequence,
                status(task),
                health(task),
                containers,
                task.pullStartedAt(),
                task.pullStoppedAt(),
                task.startedAt(),
                task.isStopped() ? executionStoppedAt(containers) : null,
                task.stoppedAt(),
                task.stopCode(),
                task.reason());
    }

    private static ContainerReport.State status(TaskRun task) {
        if (task.isStopped()) return ContainerReport.State.STOPPED;
        return task.startedAt() == null ? ContainerReport.State.PENDING : ContainerReport.State.RUNNING;
    }

    private static ContainerReport describe(TaskRun task, ContainerRun container) {
        ContainerRun.Ending ending = container.ending();
        return new ContainerReport(
                container.name(),
                container.id(),
                container.definition.image(),
                container.digest(),
                status(task, container),
                ending == null ? null : ending.exitCode(),
                ending == null ? null : ending.reason(),
                container.health(),
                container.isAlive() ? bindings(task, container) : List.of(),
                container.startedAt(),
                ending == null || !container.hasStarted() ? null : ending.at(),
                container.restarts(),
                container.readiness(),
                container.checkDetail());
    }

    private static ContainerReport.State status(TaskRun task, ContainerRun container) {
        if (container.hasEnded() || task.isStopped()) return ContainerReport.State.STOPPED;
        return container.hasStarted() ? ContainerReport.State.RUNNING : ContainerReport.State.PENDING;
    }

    private static List<NetworkBinding> bindings(TaskRun task, ContainerRun container) {
        if (task.spec.definition().networkModeOrDefault() != NetworkMode.AWSVPC)
            return container.seen() == null ? List.of() : container.seen().networkBindings();
        return task.shared().networkBindings().stream()
                .filter(binding -> container.definition.portMappings().stream()
                        .anyMatch(mapping -> mapping.protocolOrDefault().equals(binding.protocol())
                                && mapping.firstContainerPort() <= binding.containerPort()
                                && binding.containerPort() <= mapping.lastContainerPort()))
                .toList();
    }

    /** ECS: the worst of the essential containers that have a health check. */
    private static HealthStatus health(TaskRun task) {
        List<HealthStatus> checked = task.containers.values().stream()
                .filter(c -> c.definition.isEssential() && c.definition.healthCheck() != null)
                .map(ContainerRun::health)
                .toList();
        if (checked.contains(HealthStatus.UNHEALTHY)) return HealthStatus.UNHEALTHY;
        return checked.isEmpty() || checked.contains(HealthStatus.UNKNOWN)
                ? HealthStatus.UNKNOWN
                : HealthStatus.HEALTHY;
    }

    private static @Nullable Instant executionStoppedAt(List<ContainerReport> containers) {
        Stream<Instant> ends =
                containers.stream().map(ContainerReport::finishedAt).filter(Objects::nonNull);
        return ends.max(Instant::compareTo).orElse(null);
    }
}
