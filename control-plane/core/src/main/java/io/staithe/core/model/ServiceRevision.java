package io.staithe.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a service's tasks are made of. A different revision means a new deployment; everything else about a service (its
 * desired count, its deployment configuration) changes in place.
 *
 * @param forced counts the deployments that were forced without any other change
 */
public record ServiceRevision(
        TaskDefinitionId taskDefinition,
        @Nullable String launchType,
        List<CapacityProviderStrategyItem> capacityProviderStrategy,
        @Nullable String platformVersion,
        List<LoadBalancerMapping> loadBalancers,
        @Nullable AwsVpcConfiguration networkConfiguration,
        List<PlacementConstraint> placementConstraints,
        List<PlacementStrategy> placementStrategy,
        int forced) {
    /** ECS: at most 5 target groups on a service. */
    public static final int MAX_TARGET_GROUPS = 5;

    public ServiceRevision {
        Check.oneOf(launchType, List.of("EC2", "FARGATE", "EXTERNAL"), "launchType");
        capacityProviderStrategy = Check.list(capacityProviderStrategy);
        Check.atMost(capacityProviderStrategy, 20, "capacityProviderStrategy");
        loadBalancers = Check.list(loadBalancers);
        Check.atMost(loadBalancers, MAX_TARGET_GROUPS, "loadBalancers");
        placementConstraints = Check.list(placementConstraints);
        Check.atMost(placementConstraints, PlacementConstraint.MAX_PER_SERVICE, "placementConstraints");
        placementStrategy = Check.list(placementStrategy);
        Check.atMost(placementStrategy, PlacementStrategy.MAX_PER_SERVICE, "placementStrategy");
    }

    public static ServiceRevision of(TaskDefinitionId taskDefinition) {
        return new ServiceRevision(taskDefinition, null, List.of(), null, List.of(), null, List.of(), List.of(), 0);
    }

    public ServiceRevision withLoadBalancers(List<LoadBalancerMapping> to) {
        return new ServiceRevision(
                taskDefinition,
                launchType,
                capacityProviderStrategy,
                platformVersion,
                to,
                networkConfiguration,
                placementConstraints,
                placementStrategy,
                forced);
    }

    public ServiceRevision withTaskDefinition(TaskDefinitionId to) {
        return new ServiceRevision(
                to,
                launchType,
                capacityProviderStrategy,
                platformVersion,
                loadBalancers,
                networkConfiguration,
                placementConstraints,
                placementStrategy,
                forced);
    }

    public ServiceRevision withForced(int to) {
        return new ServiceRevision(
                taskDefinition,
                launchType,
                capacityProviderStrategy,
                platformVersion,
                loadBalancers,
                networkConfiguration,
                placementConstraints,
                placementStrategy,
                to);
    }
}
