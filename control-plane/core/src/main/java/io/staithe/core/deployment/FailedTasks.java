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

/** Tasks that speak against their deployment: they did not start, ended by themselves, or failed their health checks. */
final class FailedTasks {
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
        Instant from = deployment.countsFrom();
        if (resets(service) && healthyAt != null && healthyAt.isAfter(from)) from = healthyAt;
        Instant since = from;
        long failed = own.stream()
                .filter(FailedTasks::isFailed)
                .filter(task -> task.stoppedAt() != null && task.stoppedAt().isAfter(since))
                .count();
        return deployment.but().healthyAt(healthyAt).failedTasks((int) failed).build();
    }

    private static boolean resets(Service service) {
        CircuitBreaker breaker = service.deploymentConfiguration().deploymentCircuitBreaker();
        return breaker == null || breaker.resetsOnHealthyTask();
    }
}
