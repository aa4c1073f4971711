package io.staithe.core.deployment;

import io.staithe.core.lifecycle.TaskHealth;
import io.staithe.core.model.CircuitBreaker;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Service;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that speak against their deployment: they did not start, ended by themselves, or failed their health checks. The
 * deployment keeps the count of those that are deleted, so that a slow failure is one, too.
 */
public final class FailedTasks {
    private FailedTasks() {}

    static boolean isFailed(Task task) {
        if (!task.isStopped()) return false;
        StopCode code = task.stopCode();
        return code == StopCode.TaskFailedToStart
                || code == StopCode.EssentialContainerExited
                || (code == StopCode.ServiceSchedulerInitiated && TaskHealth.isFailure(task.stoppedReason()));
    }

    /** The deployment with what is known of its tasks now: when one became healthy last, and how many have failed. */
    static Deployment count(Deployment deployment, Service service, List<Task> tasksOfService) {
        List<Task> own = tasksOfService.stream()
                .filter(task -> deployment.id().equals(task.deployment()))
                .toList();
        Optional<Instant> healthy =
                own.stream().map(Task::healthySince).filter(Objects::nonNull).max(Instant::compareTo);
        Instant healthyAt = deployment.healthyAt();
        if (healthy.isPresent() && (healthyAt == null || healthy.get().isAfter(healthyAt))) healthyAt = healthy.get();
        Instant since = since(deployment, healthyAt, service);
        boolean anew = since.isAfter(since(deployment, deployment.healthyAt(), service));
        int forgotten = anew ? 0 : deployment.forgottenFailures();
        return deployment
                .but()
                .healthyAt(healthyAt)
                .failedTasks(forgotten + failed(own, since), forgotten)
                .build();
    }

    /**
     * The deployment when some of its tasks are deleted: those that count go on counting.
     *
     * @param gone of its tasks
     */
    public static Deployment forget(Deployment deployment, Service service, List<Task> gone) {
        int counted = failed(gone, since(deployment, deployment.healthyAt(), service));
        return deployment
                .but()
                .failedTasks(deployment.failedTasks(), deployment.forgottenFailures() + counted)
                .build();
    }

    private static int failed(List<Task> tasks, Instant since) {
        return (int) tasks.stream()
                .filter(FailedTasks::isFailed)
                .filter(task -> task.stoppedAt() != null && task.stoppedAt().isAfter(since))
                .count();
    }

    /** What ended later counts: a task that becomes healthy starts the count anew, unless it is told not to. */
    private static Instant since(Deployment deployment, @Nullable Instant healthyAt, Service service) {
        Instant from = deployment.countsFrom();
        return resets(service) && healthyAt != null && healthyAt.isAfter(from) ? healthyAt : from;
    }

    private static boolean resets(Service service) {
        CircuitBreaker breaker = service.deploymentConfiguration().deploymentCircuitBreaker();
        return breaker == null || breaker.resetsOnHealthyTask();
    }
}
