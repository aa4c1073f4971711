package io.staithe.server.deployment;

import io.staithe.core.deployment.HeldPlace;
import io.staithe.core.deployment.Standing;
import io.staithe.core.model.CircuitBreaker;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.server.ecs.DeploymentState;
import io.staithe.server.ecs.Deployments;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far the deployment of a service is.
 *
 * @param number of the deployment
 * @param state as ECS names it for service deployments
 * @param stages those that it goes through, in their order; empty: it has none
 * @param stage the present one; absent: none, or it is through
 * @param waitingFor what has to happen next; absent: nothing
 * @param until when time alone ends the waiting; absent: it does not
 * @param failsAt when it counts as failed unless something happens before; absent: never
 * @param next what its deployment has, {@code old} what all others still have
 * @param failedTasks that count against {@code failureThreshold}; no threshold: nothing ends it
 * @param hooks the ids of those that wait to be answered
 * @param slots places that wait before they try again: slots, or hosts of a daemon service
 * @param rolledBackTo the deployment that came back; absent: none
 * @param wayOut what can be done about a deployment that has failed or waits for somebody
 */
public record DeploymentProgress(
        String service,
        String number,
        String state,
        String strategy,
        String reason,
        Instant startedAt,
        @Nullable Instant finishedAt,
        List<String> stages,
        @Nullable String stage,
        @Nullable Instant stageAt,
        @Nullable String waitingFor,
        @Nullable Instant until,
        @Nullable Instant failsAt,
        int desired,
        Share next,
        Share old,
        int failedTasks,
        @Nullable Integer failureThreshold,
        boolean paused,
        List<String> hooks,
        List<HeldPlace> slots,
        @Nullable String rolledBackTo,
        @Nullable String wayOut) {
    /**
     * A part of the service's tasks.
     *
     * @param desired how many it is to have now
     * @param trafficPercent of the production traffic; absent: it follows from the tasks
     */
    public record Share(
            int desired,
            int running,
            int healthy,
            int pending,
            int stopping,
            @Nullable Double trafficPercent) {
        static Share of(int desired, List<Task> tasks, @Nullable Double trafficPercent) {
            int running = 0;
            int healthy = 0;
            int pending = 0;
            int stopping = 0;
            for (Task task : tasks) {
                if (task.isStopped()) continue;
                if (!task.isActive()) stopping++;
                else if (task.startedAt() == null) pending++;
                else running++;
                if (task.isActive() && task.healthySince() != null) healthy++;
            }
            return new Share(desired, running, healthy, pending, stopping, trafficPercent);
        }
    }

    static DeploymentProgress of(ClusterState state, Service service, Instant now) {
        Deployment primary = Deployments.primary(state, service);
        List<Task> own = new ArrayList<>();
        List<Task> others = new ArrayList<>();
        state.tasksOf(service.id()).forEach(task -> (primary.id().equals(task.deployment()) ? own : others).add(task));
        Standing standing = Standing.of(state, service, now);
        Wait wait = Wait.of(service, primary, standing.waiting());
        DeploymentConfiguration configuration = service.deploymentConfiguration();
        CircuitBreaker breaker = configuration.deploymentCircuitBreaker();
        int desired = Deployments.desiredCount(state, service);
        boolean shifts = service.revision().loadBalancers().stream()
                .anyMatch(mapping -> mapping.advancedConfiguration() != null);
        return new DeploymentProgress(
                service.id().value(),
                primary.id().value(),
                DeploymentState.of(state, primary).toString(),
                configuration.strategyOrDefault().name(),
                primary.rolloutStateReason(),
                primary.createdAt(),
                primary.finishedAt(),
                standing.stages().stream().map(Enum::name).toList(),
                primary.lifecycleStage() == null
                        ? null
                        : primary.lifecycleStage().name(),
                primary.stageAt(),
                wait.what(),
                standing.waiting().until(),
                standing.failsAt(),
                desired,
                Share.of(standing.desired(), own, shifts ? primary.weight() / 10.0 : null),
                Share.of(standing.kept(), others, shifts ? (Deployment.WHOLE - primary.weight()) / 10.0 : null),
                primary.failedTasks(),
                breaker == null || !breaker.enable() ? null : breaker.threshold(desired),
                primary.paused(),
                Wait.hooks(primary),
                standing.held(),
                primary.rollback() == null
                        ? rolledBackHere(state, primary)
                        : primary.rollback().to().value(),
                wait.wayOut());
    }

    /** Its own number when it came back because another one has failed. */
    private static @Nullable String rolledBackHere(ClusterState state, Deployment primary) {
        return state.deploymentsOf(primary.service())
                        .map(Deployment::rollback)
                        .anyMatch(rollback -> rollback != null
                                && rollback.to().equals(primary.id())
                                && rollback.startedAt().equals(primary.countedFrom()))
                ? primary.id().value()
                : null;
    }
}
