package io.staithe.core.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a service's tasks are made of. A different revision means a new deployment; everything else about a service (its
 * desired count, its deployment configuration) changes in place.
 *
 * @param forced counts the deployments that were forced without any other change
 * @param imageDigests by container, the digest of its image, where it is known what the tag stands for: a deployment finds that
 *     out once, and one that brings an earlier revision back knows it from the beginning
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
        int forced,
        Map<String, String> imageDigests) {
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
        imageDigests = Check.map(imageDigests);
        imageDigests
                .values()
                .forEach(digest -> Check.that(ImageName.isDigest(digest), "imageDigests", "must be digests"));
    }

    public static ServiceRevision of(TaskDefinitionId taskDefinition) {
        return new ServiceRevision(
                taskDefinition, null, List.of(), null, List.of(), null, List.of(), List.of(), 0, Map.of());
    }

    public Builder but() {
        return new Builder(this);
    }

    /** Makes a changed copy of a revision, field by field. */
    public static final class Builder {
        private final ServiceRevision from;
        private TaskDefinitionId taskDefinition;
        private @Nullable String launchType;
        private List<CapacityProviderStrategyItem> capacityProviderStrategy;
        private List<LoadBalancerMapping> loadBalancers;
        private List<PlacementConstraint> placementConstraints;
        private List<PlacementStrategy> placementStrategy;
        private int forced;
        private Map<String, String> imageDigests;

        private Builder(ServiceRevision from) {
            this.from = from;
            taskDefinition = from.taskDefinition;
            launchType = from.launchType;
            capacityProviderStrategy = from.capacityProviderStrategy;
            loadBalancers = from.loadBalancers;
            placementConstraints = from.placementConstraints;
            placementStrategy = from.placementStrategy;
            forced = from.forced;
            imageDigests = from.imageDigests;
        }

        public Builder taskDefinition(TaskDefinitionId to) {
            taskDefinition = to;
            return this;
        }

        /** Whose hosts its tasks run on: of a launch type, or of capacity providers. */
        public Builder capacity(@Nullable String type, List<CapacityProviderStrategyItem> strategy) {
            launchType = type;
            capacityProviderStrategy = strategy;
            return this;
        }

        public Builder loadBalancers(List<LoadBalancerMapping> to) {
            loadBalancers = to;
            return this;
        }

        public Builder placementConstraints(List<PlacementConstraint> to) {
            placementConstraints = to;
            return this;
        }

        public Builder placementStrategy(List<PlacementStrategy> to) {
            placementStrategy = to;
            return this;
        }

        public Builder forced(int to) {
            forced = to;
            return this;
        }

        public Builder imageDigests(Map<String, String> to) {
            imageDigests = to;
            return this;
        }

        public ServiceRevision build() {
            return new ServiceRevision(
                    taskDefinition,
                    launchType,
                    capacityProviderStrategy,
                    from.platformVersion,
                    loadBalancers,
                    from.networkConfiguration,
                    placementConstraints,
                    placementStrategy,
                    forced,
                    imageDigests);
        }
    }
}
