package io.staithe.core.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user wants to keep running.
 *
 * @param incarnation unique to this creation, so that a service made again under the same name has new tasks
 * @param deployment the number of the deployment that rolls {@code revision} out
 * @param deployedAt when that deployment was asked for
 * @param lostAfterSeconds how long a host may be out of reach before its tasks are replaced; absent: the default
 * @param placementPolicy of its tasks to come; another one starts no deployment
 * @param disruptionBudget how much of it the mover may touch; absent: as much as the cluster allows
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
        @Nullable String traceParent)
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
        tags = Check.list(tags);
        Check.atMost(tags, Tag.MAX_PER_RESOURCE, "tags");
    }

    public ServiceId id() {
        return new ServiceId(cluster, name);
    }

    @Override
    public Key key() {
        return Key.service(id());
    }

    /** ECS's group of the service's tasks. */
    public String taskGroup() {
        return "service:" + name;
    }

    public Service withDesiredCount(int to) {
        return new Service(
                cluster,
                name,
                status,
                incarnation,
                to,
                schedulingStrategy,
                revision,
                deployment,
                deployedAt,
                deploymentConfiguration,
                healthCheckGracePeriodSeconds,
                lostAfterSeconds,
                placementPolicy,
                disruptionBudget,
                enableECSManagedTags,
                propagateTags,
                enableExecuteCommand,
                availabilityZoneRebalancing,
                tags,
                createdAt,
                createdBy,
                traceParent);
    }

    public Service withStatus(Status to) {
        return new Service(
                cluster,
                name,
                to,
                incarnation,
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
                enableECSManagedTags,
                propagateTags,
                enableExecuteCommand,
                availabilityZoneRebalancing,
                tags,
                createdAt,
                createdBy,
                traceParent);
    }

    public Service withTags(List<Tag> to) {
        return new Service(
                cluster,
                name,
                status,
                incarnation,
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
                enableECSManagedTags,
                propagateTags,
                enableExecuteCommand,
                availabilityZoneRebalancing,
                to,
                createdAt,
                createdBy,
                traceParent);
    }

    /** The same service asked to roll out another revision. */
    public Service withDeployment(DeploymentId number, ServiceRevision to, Instant at, @Nullable String trace) {
        return new Service(
                cluster,
                name,
                status,
                incarnation,
                desiredCount,
                schedulingStrategy,
                to,
                number,
                at,
                deploymentConfiguration,
                healthCheckGracePeriodSeconds,
                lostAfterSeconds,
                placementPolicy,
                disruptionBudget,
                enableECSManagedTags,
                propagateTags,
                enableExecuteCommand,
                availabilityZoneRebalancing,
                tags,
                createdAt,
                createdBy,
                trace);
    }

    public Service withDeploymentConfiguration(DeploymentConfiguration to) {
        return new Service(
                cluster,
                name,
                status,
                incarnation,
                desiredCount,
                schedulingStrategy,
                revision,
                deployment,
                deployedAt,
                to,
                healthCheckGracePeriodSeconds,
                lostAfterSeconds,
                placementPolicy,
                disruptionBudget,
                enableECSManagedTags,
                propagateTags,
                enableExecuteCommand,
                availabilityZoneRebalancing,
                tags,
                createdAt,
                createdBy,
                traceParent);
    }
}
