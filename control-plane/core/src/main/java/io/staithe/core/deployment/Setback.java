package io.staithe.core.deployment;

import io.staithe.core.model.Alarm;
import io.staithe.core.model.CircuitBreaker;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentAlarms;
import io.staithe.core.model.DeploymentDeadline;
import io.staithe.core.model.DeploymentFailure;
import io.staithe.core.model.DeploymentFailure.Cause;
import io.staithe.core.model.Key;
import io.staithe.core.model.Service;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a deployment has failed.
 *
 * @param failure for programs
 * @param reason in ECS's words where it has some, for people
 * @param rollback whether the last completed deployment is to come back
 */
record Setback(DeploymentFailure failure, String reason, boolean rollback) {
    static Setback of(Cause cause, String reason, boolean rollback) {
        return new Setback(new DeploymentFailure(cause, List.of()), reason, rollback);
    }

    /** How ECS begins to tell it: the circuit breaker goes by its own name. */
    String prefix() {
        return failure.cause() == Cause.CIRCUIT_BREAKER
                ? "ECS deployment circuit breaker: "
                : "ECS deployment failed: ";
    }

    /** What a service's own configuration says about a deployment in progress, most telling first. */
    static Optional<Setback> of(ClusterState state, Service service, Deployment deployment, Instant now) {
        if (!deployment.isInProgress()) return Optional.empty();
        return Stream.of(
                        breaker(service, deployment),
                        alarms(state, service, deployment),
                        deadline(service, deployment, now))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Setback> breaker(Service service, Deployment deployment) {
        CircuitBreaker breaker = service.deploymentConfiguration().deploymentCircuitBreaker();
        if (breaker == null || !breaker.enable()) return Optional.empty();
        int desired = service.isDaemon() ? deployment.desiredCount() : service.desiredCount();
        int threshold = breaker.threshold(desired);
        return deployment.failedTasks() < threshold
                ? Optional.empty()
                : Optional.of(Setback.of(
                        Cause.CIRCUIT_BREAKER,
                        "tasks failed to start: " + deployment.failedTasks() + " of at most " + (threshold - 1)
                                + " that may fail",
                        breaker.rollback()));
    }

    private static Optional<Setback> alarms(ClusterState state, Service service, Deployment deployment) {
        DeploymentAlarms alarms = service.deploymentConfiguration().alarms();
        if (alarms == null || !alarms.enable()) return Optional.empty();
        List<String> heeded = ringing(state, alarms).stream()
                .filter(name -> !deployment.ignoredAlarms().contains(name))
                .toList();
        if (heeded.isEmpty()) return Optional.empty();
        String reason =
                "alarm detected: " + String.join(", ", heeded) + (heeded.size() == 1 ? " is" : " are") + " in ALARM";
        return Optional.of(new Setback(new DeploymentFailure(Cause.ALARM, heeded), reason, alarms.rollback()));
    }

    /** The alarms in ALARM among those that a service's deployments heed. */
    static List<String> ringing(ClusterState state, @Nullable DeploymentAlarms alarms) {
        if (alarms == null || !alarms.enable()) return List.of();
        return alarms.alarmNames().stream()
                .filter(name -> state.get(Key.alarm(name), Alarm.class)
                        .filter(alarm -> alarm.state() == Alarm.State.ALARM)
                        .isPresent())
                .toList();
    }

    private static Optional<Setback> deadline(Service service, Deployment deployment, Instant now) {
        DeploymentDeadline deadline = service.deploymentDeadline();
        if (deadline == null || deployment.paused()) return Optional.empty();
        Instant progress = progressBy(deployment, deadline);
        if (progress != null && !now.isBefore(progress))
            return Optional.of(Setback.of(
                    Cause.DEADLINE,
                    "no task became healthy and no stage was left for " + deadline.progressSeconds() + " seconds",
                    deadline.rollback()));
        Instant total = endBy(deployment, deadline);
        if (total != null && !now.isBefore(total))
            return Optional.of(Setback.of(
                    Cause.DEADLINE,
                    "it has not been completed within " + deadline.totalSeconds() + " seconds",
                    deadline.rollback()));
        return Optional.empty();
    }

    /** When time alone makes it fail; absent: it does not. */
    static @Nullable Instant wakeAt(Service service, Deployment deployment) {
        DeploymentDeadline deadline = service.deploymentDeadline();
        if (deadline == null || deployment.paused() || !deployment.isInProgress()) return null;
        Instant progress = progressBy(deployment, deadline);
        Instant total = endBy(deployment, deadline);
        if (progress == null || total == null) return progress == null ? total : progress;
        return progress.isBefore(total) ? progress : total;
    }

    /** Bake times and hooks have their own ends. */
    private static @Nullable Instant progressBy(Deployment deployment, DeploymentDeadline deadline) {
        if (deadline.progressSeconds() == null || Stages.lastsByItself(deployment)) return null;
        Instant last = deployment.countsFrom();
        if (deployment.healthyAt() != null && deployment.healthyAt().isAfter(last)) last = deployment.healthyAt();
        if (deployment.stageAt() != null && deployment.stageAt().isAfter(last)) last = deployment.stageAt();
        return last.plusSeconds(deadline.progressSeconds());
    }

    private static @Nullable Instant endBy(Deployment deployment, DeploymentDeadline deadline) {
        if (deadline.totalSeconds() == null) return null;
        return deployment.countsFrom().plusSeconds(deadline.totalSeconds());
    }
}
