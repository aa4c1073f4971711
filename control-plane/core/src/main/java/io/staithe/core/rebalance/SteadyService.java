package io.staithe.core.rebalance;

import io.staithe.core.deployment.Launch;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A service that has exactly the tasks that it wants, all of them well and none of them stopping: only of such a service can
 * be said that it would be better elsewhere.
 */
record SteadyService(Service service, Deployment deployment, TaskDefinition definition, List<Task> tasks) {
    private static final String SPREAD_OVER_ZONES = "attribute:" + Attribute.AVAILABILITY_ZONE;

    /**
     * Empty too for a DAEMON service, whose tasks belong where they are, and for tasks of several capacity providers: which of
     * them a replacement gets is the split's affair.
     */
    static Optional<SteadyService> of(ClusterState state, Service service) {
        if (service.status() != Service.Status.ACTIVE || service.isDaemon()) return Optional.empty();
        Deployment deployment = state.deployment(service.deployment())
                .filter(primary -> primary.steady() && primary.incarnation().equals(service.incarnation()))
                .orElse(null);
        TaskDefinition definition =
                state.taskDefinition(service.revision().taskDefinition()).orElse(null);
        if (deployment == null || definition == null) return Optional.empty();
        List<Task> tasks =
                state.tasksOf(service.id()).filter(task -> !task.isStopped()).toList();
        boolean atRest = tasks.size() == service.desiredCount()
                && tasks.stream().allMatch(task -> task.isActive() && task.relocation() == null)
                && tasks.stream().map(Task::capacityProvider).distinct().count() <= 1;
        return atRest ? Optional.of(new SteadyService(service, deployment, definition, tasks)) : Optional.empty();
    }

    /** ECS: rebalanced are services that spread over Availability Zones first, or that say nothing of placement. */
    static boolean balancesZones(Service service) {
        List<PlacementStrategy> strategies = service.revision().placementStrategy();
        return "ENABLED".equals(service.availabilityZoneRebalancing())
                && (strategies.isEmpty()
                        || SPREAD_OVER_ZONES.equals(strategies.get(0).field()));
    }

    /** Fills hosts, instead of wanting the empty ones. */
    boolean packs() {
        return service.revision().placementStrategy().stream()
                .filter(strategy -> !strategy.type().equals("spread")
                        || !Objects.requireNonNullElse(strategy.field(), "").startsWith("attribute:"))
                .findFirst()
                .filter(strategy -> strategy.type().equals("binpack"))
                .isPresent();
    }

    /** How many replacements may be started before anything is stopped. */
    int roomToStart() {
        return Math.max(0, service.deploymentConfiguration().maximum(service.desiredCount()) - tasks.size());
    }

    /**
     * The task that the deployment would start next.
     *
     * @param before how many it starts before
     */
    Task replacement(int before, Instant now) {
        Deployment then =
                deployment.but().launched(deployment.launched() + before).build();
        String provider = tasks.isEmpty() ? null : tasks.get(0).capacityProvider();
        return Launch.next(service, then, definition, provider, now);
    }
}
