package io.staithe.core.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants to keep running.
 *
 * @param incarnation unique to this creation, so that a service made again under the same name has new tasks
 * @param desiredCount of REPLICA; 0 for DAEMON, whose deployment counts the hosts that are to have a task
 * @param deployment the number of the deployment that rolls {@code revision} out
 * @param deployedAt when that deployment was asked for
 * @param lostAfterSeconds how long a host may be out of reach before its tasks are replaced; absent: the default
 * @param placementPolicy of its tasks to come; another one starts no deployment
 * @param disruptionBudget how much of it may be moved; absent: as much as the cluster allows
 * @param deploymentDeadline when a deployment that does not arrive has failed; absent: never
 * @param deploymentRequest what was asked of a deployment that is going on
 * @param deployedBy who asked for {@code deployment}
 * @param traceParent W3C trace context of the request that asked for the deployment
 */
public record Service(
        String cluster,
        String name,
        Status status,
        String incarnation,
        int desiredCount,
        SchedulingStrategy schedulingStrategy,
        ServiceRevision revision,
        DeploymentId deployment,
        Instant deployedAt,
        DeploymentConfiguration deploymentConfiguration,
        @Nullable Integer healthCheckGracePeriodSeconds,
        @Nullable Integer lostAfterSeconds,
        @Nullable PlacementPolicy placementPolicy,
        @Nullable DisruptionBudget disruptionBudget,
        @Nullable Boolean enableECSManagedTags,
        @Nullable String propagateTags,
        @Nullable Boolean enableExecuteCommand,
        @Nullable String availabilityZoneRebalancing,
        List<Tag> tags,
        Instant createdAt,
        @Nullable String createdBy,
        @Nullable String traceParent,
        @Nullable DeploymentDeadline deploymentDeadline,
        @Nullable DeploymentRequest deploymentRequest,
        @Nullable String deployedBy)
        implements Entity {
    /** ECS: 5,000 tasks in a service. */
    public static final int MAX_DESIRED_COUNT = 5000;

    public enum Status {
        ACTIVE,
        /** Being deleted: its tasks are stopping. */
        DRAINING,
        /** Deleted, and still readable for a while. */
        INACTIVE
    }

    public enum SchedulingStrategy {
        REPLICA,
        /** One task on each host that qualifies. */
        DAEMON
    }

    public Service {
        Check.name(cluster, "cluster");
        Check.name(name, "serviceName");
        Check.range(desiredCount, 0, MAX_DESIRED_COUNT, "desiredCount");
        Check.range(healthCheckGracePeriodSeconds, 0, Integer.MAX_VALUE, "healthCheckGracePeriodSeconds");
        Check.range(lostAfterSeconds, 0, 86_400, "lostAfterSeconds");
        Check.oneOf(propagateTags, List.of("TASK_DEFINITION", "SERVICE", "NONE"), "propagateTags");
        Check.oneOf(availabilityZoneRebalancing, List.of("ENABLED", "DISABLED"), "availabilityZoneRebalancing");
        if (placementPolicy != null && placementPolicy.allOrNothing())
            checkAllOrNothing(desiredCount, schedulingStrategy);
        checkStrategy(deploymentConfiguration.strategyOrDefault(), revision, schedulingStrategy);
        tags = Check.list(tags);
        Check.atMost(tags, Tag.MAX_PER_RESOURCE, "tags");
    }

    private static void checkStrategy(
            DeploymentStrategy strategy, ServiceRevision revision, SchedulingStrategy scheduling) {
        if (!strategy.isStaged()) return;
        Check.that(scheduling == SchedulingStrategy.REPLICA, "strategy", "must be ROLLING for a DAEMON service");
        long advanced = revision.loadBalancers().stream()
                .filter(mapping -> mapping.advancedConfiguration() != null)
                .count();
        boolean all = advanced == revision.loadBalancers().size();
        // A canary without a second target group is a part of the tasks; blue and green must not serve side by side.
        Check.that(
                all || (advanced == 0 && strategy != DeploymentStrategy.BLUE_GREEN),
                "loadBalancers",
                "must have an advancedConfiguration each with the strategy " + strategy);
    }

    private static void checkAllOrNothing(int desiredCount, SchedulingStrategy strategy) {
        Check.that(
                desiredCount <= PlacementPolicy.MAX_ALL_OR_NOTHING,
                "desiredCount",
                "must be at most " + PlacementPolicy.MAX_ALL_OR_NOTHING + " with placement.allOrNothing");
        Check.that(
                strategy == SchedulingStrategy.REPLICA,
                "schedulingStrategy",
                "must be REPLICA with placement.allOrNothing");
    }

    public ServiceId id() {
        return new ServiceId(cluster, name);
    }

    /** Whether its deployments move traffic between two target groups. */
    public boolean shiftsTraffic() {
        return revision.loadBalancers().stream().anyMatch(mapping -> mapping.advancedConfiguration() != null);
    }

    public boolean isDaemon() {
        return schedulingStrategy == SchedulingStrategy.DAEMON;
    }

    /** Whether it wants a task on each host that qualifies. */
    public boolean isActiveDaemon() {
        return isDaemon() && status == Status.ACTIVE;
    }

    @Override
    public Key key() {
        return Key.service(id());
    }

    /** Its placement policy, or the one of those that have none. */
    public PlacementPolicy policy() {
        return placementPolicy == null ? PlacementPolicy.NONE : placementPolicy;
    }

    /** Whether room is kept free for more of its tasks. */
    public boolean keepsHeadroom() {
        return status == Status.ACTIVE && !isDaemon() && policy().headroom() > 0;
    }

    /** ECS's group of the service's tasks. */
    public String taskGroup() {
        return "service:" + name;
    }

    /** A service with its required parts alone: everything else is absent or as ECS has it where nothing is said. */
    public static Service of(
            ServiceId id, String incarnation, int desired, ServiceRevision revision, DeploymentId number, Instant at) {
        return new Service(
                id.cluster(),
                id.name(),
                Status.ACTIVE,
                incarnation,
                desired,
                SchedulingStrategy.REPLICA,
                revision,
                number,
                at,
                DeploymentConfiguration.DEFAULT,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                at,
                null,
                null,
                null,
                null,
                null);
    }

    public Builder but() {
        return new Builder(this);
    }

    /** Makes a changed copy of a service, field by field. */
    public static final class Builder {
        private final Service from;
        private Status status;
        private int desiredCount;
        private SchedulingStrategy schedulingStrategy;
        private ServiceRevision revision;
        private DeploymentId deployment;
        private Instant deployedAt;
        private DeploymentConfiguration deploymentConfiguration;
        private @Nullable Integer healthCheckGracePeriodSeconds;
        private @Nullable Integer lostAfterSeconds;
        private @Nullable PlacementPolicy placementPolicy;
        private @Nullable DisruptionBudget disruptionBudget;
        private @Nullable String availabilityZoneRebalancing;
        private List<Tag> tags;
        private @Nullable String traceParent;
        private @Nullable DeploymentDeadline deploymentDeadline;
        private @Nullable DeploymentRequest deploymentRequest;
        private @Nullable String deployedBy;

        private Builder(Service from) {
            this.from = from;
            status = from.status;
            desiredCount = from.desiredCount;
            schedulingStrategy = from.schedulingStrategy;
            revision = from.revision;
            deployment = from.deployment;
            deployedAt = from.deployedAt;
            deploymentConfiguration = from.deploymentConfiguration;
            healthCheckGracePeriodSeconds = from.healthCheckGracePeriodSeconds;
            lostAfterSeconds = from.lostAfterSeconds;
            placementPolicy = from.placementPolicy;
            disruptionBudget = from.disruptionBudget;
            availabilityZoneRebalancing = from.availabilityZoneRebalancing;
            tags = from.tags;
            traceParent = from.traceParent;
            deploymentDeadline = from.deploymentDeadline;
            deploymentRequest = from.deploymentRequest;
            deployedBy = from.deployedBy;
        }

        public Builder status(Status to) {
            status = to;
            return this;
        }

        public Builder desiredCount(int to) {
            desiredCount = to;
            return this;
        }

        public Builder schedulingStrategy(SchedulingStrategy to) {
            schedulingStrategy = to;
            return this;
        }

        public Builder deploymentConfiguration(DeploymentConfiguration to) {
            deploymentConfiguration = to;
            return this;
        }

        public Builder healthCheckGracePeriodSeconds(@Nullable Integer to) {
            healthCheckGracePeriodSeconds = to;
            return this;
        }

        public Builder lostAfterSeconds(@Nullable Integer to) {
            lostAfterSeconds = to;
            return this;
        }

        public Builder placementPolicy(@Nullable PlacementPolicy to) {
            placementPolicy = to;
            return this;
        }

        public Builder disruptionBudget(@Nullable DisruptionBudget to) {
            disruptionBudget = to;
            return this;
        }

        public Builder availabilityZoneRebalancing(@Nullable String to) {
            availabilityZoneRebalancing = to;
            return this;
        }

        public Builder tags(List<Tag> to) {
            tags = to;
            return this;
        }

        public Builder deploymentDeadline(@Nullable DeploymentDeadline to) {
            deploymentDeadline = to;
            return this;
        }

        public Builder deployedBy(@Nullable String to) {
            deployedBy = to;
            return this;
        }

        public Builder deploymentRequest(@Nullable DeploymentRequest to) {
            deploymentRequest = to;
            return this;
        }

        /** Asked to roll out a revision. */
        public Builder deployment(DeploymentId number, ServiceRevision to, Instant at, @Nullable String trace) {
            deployment = number;
            revision = to;
            deployedAt = at;
            traceParent = trace;
            return this;
        }

        public Service build() {
            return new Service(
                    from.cluster,
                    from.name,
                    status,
                    from.incarnation,
                    desiredCount,
                    schedulingStrategy,
                    revision,
                    deployment,
                    deployedAt,
                    deploymentConfiguration,
                    healthCheckGracePeriodSeconds,
                    lostAfterSeconds,
                    placementPolicy,
                    disruptionBudget,
                    from.enableECSManagedTags,
                    from.propagateTags,
                    from.enableExecuteCommand,
                    availabilityZoneRebalancing,
                    tags,
                    from.createdAt,
                    from.createdBy,
                    traceParent,
                    deploymentDeadline,
                    deploymentRequest,
                    deployedBy);
        }
    }
}
