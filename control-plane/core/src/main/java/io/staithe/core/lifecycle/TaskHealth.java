package io.staithe.core.lifecycle;

import io.staithe.core.image.VersionConsistency;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.Service;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Whether a task does its work, from what its host and the edge hosts report.
 *
 * @param verdict what counts towards a deployment
 * @param cause for UNHEALTHY, in ECS's words; otherwise what is waited for; empty when healthy
 * @param decidesAt when time alone will change the verdict; absent: it will not
 */
public record TaskHealth(
        Verdict verdict, String cause, @Nullable Instant decidesAt) {
    public enum Verdict {
        HEALTHY,
        UNDECIDED,
        /** Failing, and due to be replaced. */
        UNHEALTHY
    }

    /** ECS: a task without any check counts as healthy when it has been running for 40 seconds. */
    public static final Duration UNCHECKED_AFTER = Duration.ofSeconds(40);

    /**
     * How long a target may fail its checks before its task is replaced: what ELB's defaults (2 failures, 30 seconds
     * apart) amount to. The proxy stops sending it requests at once; replacing a busy task early only makes more load.
     */
    public static final Duration FAILING_TARGET_TOLERANCE = Duration.ofSeconds(60);

    private static final String FAILED = "Task failed ";

    private static final TaskHealth HEALTHY = new TaskHealth(Verdict.HEALTHY, "", null);

    /** The first of these that is so decides. */
    public static TaskHealth of(ClusterState state, Task task, Instant now) {
        TaskReport report = state.report(task.id()).orElse(null);
        Optional<String> deviation = Optional.ofNullable(report)
                .filter(known -> known.lastStatus() != ContainerReport.State.STOPPED)
                .flatMap(known -> VersionConsistency.deviation(state, task, known));
        if (deviation.isPresent()) return new TaskHealth(Verdict.UNHEALTHY, deviation.get(), null);
        if (report == null || report.lastStatus() != ContainerReport.State.RUNNING)
            return undecided("waiting for the containers to run", null);
        Instant graceEnds = graceEnds(state, task, report);
        boolean inGrace = now.isBefore(graceEnds);
        if (report.healthStatus() == HealthStatus.UNHEALTHY)
            return inGrace
                    ? undecided("container health checks fail within the grace period", graceEnds)
                    : new TaskHealth(Verdict.UNHEALTHY, FAILED + "container health checks", null);
        boolean checksContainers = hasContainerChecks(state, task);
        if (checksContainers && report.healthStatus() != HealthStatus.HEALTHY)
            return undecided("waiting for container health checks", null);
        Optional<ContainerReport> unready = report.unready();
        if (unready.isPresent()) return undecided(notReady(unready.get()), null);
        if (!task.loadBalancers().isEmpty()) return targets(state, task, inGrace ? graceEnds : null, now);
        if (isChecked(state, task)) return HEALTHY;
        Instant since = report.startedAt() == null ? task.createdAt() : report.startedAt();
        Instant counts = since.plus(UNCHECKED_AFTER);
        return now.isBefore(counts) ? undecided("has no check and runs for less than 40 seconds", counts) : HEALTHY;
    }

    /** Whether a task stopped for this reason because its checks failed. */
    public static boolean isFailure(@Nullable String stoppedReason) {
        return stoppedReason != null && stoppedReason.startsWith(FAILED);
    }

    /** Whether anything but time can tell that it is healthy: a load balancer or a check of a container. */
    public static boolean isChecked(ClusterState state, Task task) {
        return !task.loadBalancers().isEmpty()
                || hasContainerChecks(state, task)
                || anyContainer(state, task, container -> container.readinessCheck() != null);
    }

    /** Whether a health check of an essential container decides about this task. */
    public static boolean hasContainerChecks(ClusterState state, Task task) {
        return anyContainer(state, task, container -> container.isEssential() && container.healthCheck() != null);
    }

    /** Whether it may be sent requests for the first time: it runs its deployment's images, and all checks of its containers pass. */
    static boolean mayHaveTargets(ClusterState state, Task task, TaskReport report) {
        return VersionConsistency.isSettled(state, task, report)
                && report.unready().isEmpty()
                && (report.healthStatus() == HealthStatus.HEALTHY || !hasContainerChecks(state, task));
    }

    private static boolean anyContainer(ClusterState state, Task task, Predicate<ContainerDefinition> which) {
        return state.taskDefinition(task.taskDefinition()).stream()
                .flatMap(definition -> definition.containerDefinitions().stream())
                .anyMatch(which);
    }

    private static String notReady(ContainerReport container) {
        return "container " + container.name() + " is not ready"
                + (container.checkDetail() == null ? "" : " (" + container.checkDetail() + ")");
    }

    /**
     * The edge hosts whose word on targets counts. One that is out of reach goes on as it was, and so does its last word,
     * until it counts as lost: a restart of the control plane changes nobody's health.
     */
    static Set<InstanceId> edges(ClusterState state, Instant now) {
        return state.edgeHosts()
                .filter(host -> !HostLoss.isLost(state, host, now))
                .map(ContainerInstance::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static TaskHealth targets(ClusterState state, Task task, @Nullable Instant graceEnds, Instant now) {
        Set<InstanceId> edges = edges(state, now);
        List<TargetHealth> said = state.targetHealthOf(task.id())
                .filter(health -> edges.contains(health.edge()))
                .toList();
        for (LoadBalancerMapping mapping : task.loadBalancers()) {
            List<TargetHealth> here =
                    said.stream().filter(health -> isAbout(health, mapping)).toList();
            Optional<TargetHealth> failing = here.stream()
                    .filter(health -> health.state() == TargetHealth.State.UNHEALTHY)
                    .findFirst();
            if (failing.isPresent()) return failingTarget(task, mapping, failing.get(), graceEnds, now);
            long healthy = here.stream()
                    .filter(health -> health.state() == TargetHealth.State.HEALTHY)
                    .count();
            if (edges.isEmpty() || healthy < edges.size())
                return undecided("waiting for its target in " + mapping.targetGroup() + " to become healthy", null);
        }
        return HEALTHY;
    }

    private static TaskHealth failingTarget(
            Task task, LoadBalancerMapping mapping, TargetHealth failing, @Nullable Instant graceEnds, Instant now) {
        Instant since = task.unhealthySince() == null ? now : task.unhealthySince();
        Instant tolerated = since.plus(FAILING_TARGET_TOLERANCE);
        if (graceEnds != null && graceEnds.isAfter(tolerated)) tolerated = graceEnds;
        String what = failing.description() == null ? "" : " (" + failing.description() + ")";
        return now.isBefore(tolerated)
                ? undecided("its target in " + mapping.targetGroup() + " fails its checks" + what, tolerated)
                : new TaskHealth(
                        Verdict.UNHEALTHY,
                        FAILED + "ELB health checks in (target-group " + mapping.targetGroup() + ")" + what,
                        null);
    }

    static boolean isAbout(TargetHealth health, LoadBalancerMapping mapping) {
        return health.targetGroup().equals(mapping.targetGroup())
                && health.containerName().equals(mapping.containerName())
                && health.containerPort() == mapping.containerPort();
    }

    private static Instant graceEnds(ClusterState state, Task task, TaskReport report) {
        Instant startedAt = report.startedAt();
        if (task.service() == null || startedAt == null) return Instant.MIN;
        return state.service(task.service())
                .map(Service::healthCheckGracePeriodSeconds)
                .map(startedAt::plusSeconds)
                .orElse(Instant.MIN);
    }

    private static TaskHealth undecided(String waitingFor, @Nullable Instant decidesAt) {
        return new TaskHealth(Verdict.UNDECIDED, waitingFor, decidesAt);
    }
}
