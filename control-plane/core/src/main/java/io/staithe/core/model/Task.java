package io.staithe.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One run of a task definition: what the control plane wants and has decided. What the host says of it is its {@link
 * TaskReport}. A task belongs to one host for ever and is started at most once.
 *
 * @param group ECS's task group: {@code service:NAME} or {@code family:NAME}
 * @param service absent for a task of RunTask
 * @param deployment absent for a task of RunTask
 * @param slot which of the deployment's places it takes, from 0 on; a replacement takes the same; absent for RunTask, and for
 *     daemon services, where the place is the host
 * @param capacityProvider whose hosts alone it may run on; absent: on those that are nobody's, and on groups' that serve all
 * @param placementPolicy its service's when it was launched, or what RunTask was asked for
 * @param reserved what it keeps reserved on its host, overrides included
 * @param hostPorts the host ports that it fixes
 * @param instance the host; absent until placed
 * @param desiredStatus what it is asked to be
 * @param healthySince since when it has been running and healthy without a break; absent: it is not
 * @param unhealthySince since when a target of it has been failing its checks without a break; absent: none does
 * @param placement why it is where it is, or why it still waits; absent until the scheduler has looked at it
 * @param protectedUntil until then neither a deployment, scaling in, the mover nor a task of higher priority ends it
 * @param relocation the mover wants it replaced on another host
 * @param nominatedInstance while it waits: the host on which tasks of lower priority stop to make room for it
 * @param job absent: nobody waits for more than its start
 */
public record Task(
        TaskId id,
        String cluster,
        TaskDefinitionId taskDefinition,
        String group,
        @Nullable String startedBy,
        @Nullable ServiceId service,
        @Nullable DeploymentId deployment,
        @Nullable Integer slot,
        @Nullable String launchType,
        @Nullable String capacityProvider,
        TaskOverride overrides,
        Resources reserved,
        Set<HostPort> hostPorts,
        List<LoadBalancerMapping> loadBalancers,
        List<PlacementConstraint> placementConstraints,
        List<PlacementStrategy> placementStrategy,
        @Nullable PlacementPolicy placementPolicy,
        @Nullable InstanceId instance,
        LastStatus lastStatus,
        DesiredStatus desiredStatus,
        Instant createdAt,
        @Nullable Instant placedAt,
        @Nullable Instant startedAt,
        @Nullable Instant healthySince,
        @Nullable Instant unhealthySince,
        @Nullable Instant stoppingAt,
        @Nullable Instant stoppedAt,
        @Nullable StopCode stopCode,
        @Nullable String stoppedReason,
        @Nullable PlacementReport placement,
        @Nullable Instant protectedUntil,
        @Nullable Relocation relocation,
        @Nullable InstanceId nominatedInstance,
        List<Tag> tags,
        @Nullable String clientToken,
        @Nullable String traceParent,
        @Nullable JobRun job)
        implements Entity {
    public Task {
        Check.name(cluster, "cluster");
        Check.optionalText(group, "group", 512);
        Check.optionalText(startedBy, "startedBy", 128);
        loadBalancers = Check.list(loadBalancers);
        placementConstraints = Check.list(placementConstraints);
        placementStrategy = Check.list(placementStrategy);
        hostPorts = hostPorts == null
                ? Set.of()
                : java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(hostPorts));
        tags = Check.list(tags);
        Check.atMost(tags, Tag.MAX_PER_RESOURCE, "tags");
    }

    /** A task to which nothing has happened yet: it is wanted, and waits for a host. The parts are those of the record. */
    public static Task unplaced(
            TaskId id,
            String cluster,
            TaskDefinitionId taskDefinition,
            String group,
            @Nullable String startedBy,
            @Nullable DeploymentPlace place,
            @Nullable String launchType,
            @Nullable String capacityProvider,
            TaskOverride overrides,
            Resources reserved,
            Set<HostPort> hostPorts,
            List<LoadBalancerMapping> loadBalancers,
            List<PlacementConstraint> constraints,
            List<PlacementStrategy> strategy,
            @Nullable PlacementPolicy policy,
            List<Tag> tags,
            @Nullable String clientToken,
            @Nullable String traceParent,
            @Nullable JobRun job,
            Instant now) {
        return new Task(
                id,
                cluster,
                taskDefinition,
                group,
                startedBy,
                place == null ? null : place.service(),
                place == null ? null : place.deployment(),
                place == null ? null : place.slot(),
                launchType,
                capacityProvider,
                overrides,
                reserved,
                hostPorts,
                loadBalancers,
                constraints,
                strategy,
                policy,
                null,
                LastStatus.PROVISIONING,
                DesiredStatus.RUNNING,
                now,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                tags,
                clientToken,
                traceParent,
                job);
    }

    /** Where in a service a task belongs. */
    public record DeploymentPlace(
            ServiceId service,
            DeploymentId deployment,
            @Nullable Integer slot) {}

    @Override
    public Key key() {
        return Key.task(id);
    }

    public boolean isStopped() {
        return lastStatus == LastStatus.STOPPED;
    }

    /** Wanted, and not at its end. */
    public boolean isActive() {
        return desiredStatus == DesiredStatus.RUNNING && !isStopped();
    }

    /** A daemon service runs it: it belongs to its host. */
    public boolean isOfDaemon() {
        return service != null && slot == null;
    }

    /** Whether task protection holds at this moment. */
    public boolean isProtectedAt(Instant time) {
        return protectedUntil != null && time.isBefore(protectedUntil);
    }

    /** Whether it was stopped to make room for a task of higher priority. */
    public boolean isPreempted() {
        return stopCode == StopCode.SpotInterruption;
    }

    /** Its own policy, or the one of those that have none. */
    public PlacementPolicy policy() {
        return placementPolicy == null ? PlacementPolicy.NONE : placementPolicy;
    }

    /** Whether it holds its reservation on {@link #instance()}: from being placed until its containers are gone. */
    public boolean holdsResources() {
        return instance != null && !isStopped();
    }

    public Builder but() {
        return new Builder(this);
    }

    /** Makes a changed copy of a task, field by field. */
    public static final class Builder {
        private final Task from;
        private @Nullable String capacityProvider;
        private @Nullable InstanceId instance;
        private LastStatus lastStatus;
        private DesiredStatus desiredStatus;
        private @Nullable Instant placedAt;
        private @Nullable Instant startedAt;
        private @Nullable Instant healthySince;
        private @Nullable Instant unhealthySince;
        private @Nullable Instant stoppingAt;
        private @Nullable Instant stoppedAt;
        private @Nullable StopCode stopCode;
        private @Nullable String stoppedReason;
        private @Nullable PlacementReport placement;
        private @Nullable Instant protectedUntil;
        private @Nullable Relocation relocation;
        private @Nullable InstanceId nominatedInstance;
        private List<Tag> tags;
        private @Nullable JobRun job;

        private Builder(Task from) {
            this.from = from;
            capacityProvider = from.capacityProvider;
            instance = from.instance;
            lastStatus = from.lastStatus;
            desiredStatus = from.desiredStatus;
            placedAt = from.placedAt;
            startedAt = from.startedAt;
            healthySince = from.healthySince;
            unhealthySince = from.unhealthySince;
            stoppingAt = from.stoppingAt;
            stoppedAt = from.stoppedAt;
            stopCode = from.stopCode;
            stoppedReason = from.stoppedReason;
            placement = from.placement;
            protectedUntil = from.protectedUntil;
            relocation = from.relocation;
            nominatedInstance = from.nominatedInstance;
            tags = from.tags;
            job = from.job;
        }

        /** On this host from {@code at} on. */
        public Builder placed(InstanceId on, Instant at, PlacementReport why) {
            instance = on;
            placedAt = at;
            placement = why;
            nominatedInstance = null;
            return this;
        }

        public Builder capacityProvider(@Nullable String to) {
            capacityProvider = to;
            return this;
        }

        /** Absent: no room is made for it. */
        public Builder nominatedInstance(@Nullable InstanceId to) {
            nominatedInstance = to;
            return this;
        }

        public Builder placement(@Nullable PlacementReport why) {
            placement = why;
            return this;
        }

        /** Absent: protected no longer. */
        public Builder protectedUntil(@Nullable Instant to) {
            protectedUntil = to;
            return this;
        }

        public Builder relocation(@Nullable Relocation to) {
            relocation = to;
            return this;
        }

        public Builder lastStatus(LastStatus to) {
            lastStatus = to;
            return this;
        }

        public Builder startedAt(@Nullable Instant at) {
            startedAt = at;
            return this;
        }

        public Builder healthySince(@Nullable Instant at) {
            healthySince = at;
            return this;
        }

        public Builder unhealthySince(@Nullable Instant at) {
            unhealthySince = at;
            return this;
        }

        /** Asked to stop. The first reason stays: a later one would hide why it really stops. */
        public Builder stop(StopCode code, String reason, Instant at) {
            if (desiredStatus == DesiredStatus.STOPPED) return this;
            desiredStatus = DesiredStatus.STOPPED;
            stopCode = code;
            stoppedReason = reason;
            stoppingAt = at;
            return this;
        }

        public Builder stoppedAt(Instant at) {
            lastStatus = LastStatus.STOPPED;
            stoppedAt = at;
            return this;
        }

        public Builder job(@Nullable JobRun to) {
            job = to;
            return this;
        }

        public Builder tags(List<Tag> to) {
            tags = to;
            return this;
        }

        public Task build() {
            return new Task(
                    from.id,
                    from.cluster,
                    from.taskDefinition,
                    from.group,
                    from.startedBy,
                    from.service,
                    from.deployment,
                    from.slot,
                    from.launchType,
                    capacityProvider,
                    from.overrides,
                    from.reserved,
                    from.hostPorts,
                    from.loadBalancers,
                    from.placementConstraints,
                    from.placementStrategy,
                    from.placementPolicy,
                    instance,
                    lastStatus,
                    desiredStatus,
                    from.createdAt,
                    placedAt,
                    startedAt,
                    healthySince,
                    unhealthySince,
                    stoppingAt,
                    stoppedAt,
                    stopCode,
                    stoppedReason,
                    placement,
                    protectedUntil,
                    relocation,
                    nominatedInstance,
                    tags,
                    from.clientToken,
                    from.traceParent,
                    job);
        }
    }
}
