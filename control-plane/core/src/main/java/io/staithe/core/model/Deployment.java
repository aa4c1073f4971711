package io.staithe.core.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The roll-out of one revision of a service.
 *
 * @param revision what it rolls out; what it finds out about the images is added to it
 * @param desiredCount how many tasks it is to have; of a daemon service, on how many hosts
 * @param launched how many tasks it has created so far; the next task's id derives from it, so that planning twice
 *     creates the same task once
 * @param steady whether the service was last seen with exactly the tasks that it wants; turning true is an event
 * @param lifecycleStage where it is in its stages; absent: it has none, or is through
 * @param stageAt since when it has been in this stage, or in this step of it
 * @param source the deployment whose traffic, or tasks, it takes over stage by stage; absent: none
 * @param alternate whether its tasks are in the alternate target groups
 * @param weight how many of 1000 parts of the traffic it has, or is to have; those of all deployments make 1000
 * @param hooks of the present stage, those that have begun
 * @param healthyAt when one of its tasks became healthy last
 * @param countedFrom since when failed tasks count: it began, came back, or was told to try again
 * @param failedTasks how many count at the moment
 * @param forgottenFailures those of them whose tasks are not stored any more
 * @param ignoredAlarms those that were in ALARM already when it began
 * @param paused whether a user has stopped it for a while
 * @param failure what ended it; absent: it has not failed, or did before that was kept
 * @param rollback what came back when it failed; absent: nothing
 * @param answeredAt which {@link DeploymentRequest} was the last to be carried out, by its time
 * @param createdBy who asked for it
 */
public record Deployment(
        DeploymentId id,
        ServiceId service,
        String incarnation,
        ServiceRevision revision,
        Status status,
        RolloutState rolloutState,
        String rolloutStateReason,
        int desiredCount,
        int launched,
        boolean steady,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant finishedAt,
        @Nullable String traceParent,
        @Nullable LifecycleStage lifecycleStage,
        @Nullable Instant stageAt,
        @Nullable DeploymentId source,
        boolean alternate,
        int weight,
        List<HookRun> hooks,
        @Nullable Instant healthyAt,
        @Nullable Instant countedFrom,
        int failedTasks,
        int forgottenFailures,
        List<String> ignoredAlarms,
        boolean paused,
        @Nullable DeploymentFailure failure,
        @Nullable Rollback rollback,
        @Nullable Instant answeredAt,
        @Nullable String createdBy)
        implements Entity {
    /** All of the traffic. */
    public static final int WHOLE = 1000;

    /** @param to the deployment that came back */
    public record Rollback(DeploymentId to, String reason, Instant startedAt) {}

    public Deployment {
        hooks = Check.list(hooks);
        ignoredAlarms = Check.list(ignoredAlarms);
    }

    public enum Status {
        /** The one that the service wants. */
        PRIMARY,
        /** An older one that still has tasks. */
        ACTIVE,
        /** Replaced, and without tasks. */
        INACTIVE
    }

    public enum RolloutState {
        IN_PROGRESS,
        COMPLETED,
        FAILED
    }

    @Override
    public Key key() {
        return Key.deployment(id);
    }

    /** The deployment that a service asks for, before any of its tasks. */
    public static Deployment of(Service service, Instant updatedAt) {
        return new Deployment(
                service.deployment(),
                service.id(),
                service.incarnation(),
                service.revision(),
                Status.PRIMARY,
                RolloutState.IN_PROGRESS,
                "ECS deployment ecs-svc/" + service.deployment() + " in progress.",
                service.desiredCount(),
                0,
                false,
                service.deployedAt(),
                updatedAt,
                null,
                service.traceParent(),
                null,
                null,
                null,
                false,
                WHOLE,
                List.of(),
                null,
                null,
                0,
                0,
                List.of(),
                false,
                null,
                null,
                null,
                service.deployedBy());
    }

    /** Since when failed tasks count against it. */
    public Instant countsFrom() {
        return countedFrom == null ? createdAt : countedFrom;
    }

    /** Whether it is on its way to the tasks that it wants. */
    public boolean isInProgress() {
        return rolloutState == RolloutState.IN_PROGRESS;
    }

    public Builder but() {
        return new Builder(this);
    }

    /** Makes a changed copy of a deployment, field by field. */
    public static final class Builder {
        private final Deployment from;
        private ServiceRevision revision;
        private Status status;
        private RolloutState rolloutState;
        private String rolloutStateReason;
        private int desiredCount;
        private int launched;
        private boolean steady;
        private Instant updatedAt;
        private @Nullable Instant finishedAt;
        private @Nullable LifecycleStage lifecycleStage;
        private @Nullable Instant stageAt;
        private @Nullable DeploymentId source;
        private boolean alternate;
        private int weight;
        private List<HookRun> hooks;
        private @Nullable Instant healthyAt;
        private @Nullable Instant countedFrom;
        private int failedTasks;
        private int forgottenFailures;
        private List<String> ignoredAlarms;
        private boolean paused;
        private @Nullable DeploymentFailure failure;
        private @Nullable Rollback rollback;
        private @Nullable Instant answeredAt;

        private Builder(Deployment from) {
            this.from = from;
            revision = from.revision;
            status = from.status;
            rolloutState = from.rolloutState;
            rolloutStateReason = from.rolloutStateReason;
            desiredCount = from.desiredCount;
            launched = from.launched;
            steady = from.steady;
            updatedAt = from.updatedAt;
            finishedAt = from.finishedAt;
            lifecycleStage = from.lifecycleStage;
            stageAt = from.stageAt;
            source = from.source;
            alternate = from.alternate;
            weight = from.weight;
            hooks = from.hooks;
            healthyAt = from.healthyAt;
            countedFrom = from.countedFrom;
            failedTasks = from.failedTasks;
            forgottenFailures = from.forgottenFailures;
            ignoredAlarms = from.ignoredAlarms;
            paused = from.paused;
            failure = from.failure;
            rollback = from.rollback;
            answeredAt = from.answeredAt;
        }

        public Builder revision(ServiceRevision to) {
            revision = to;
            return this;
        }

        public Builder status(Status to) {
            status = to;
            return this;
        }

        public Builder desiredCount(int to) {
            desiredCount = to;
            return this;
        }

        public Builder launched(int to) {
            launched = to;
            return this;
        }

        public Builder steady(boolean to) {
            steady = to;
            return this;
        }

        public Builder updatedAt(Instant to) {
            updatedAt = to;
            return this;
        }

        /** Where the roll-out stands from {@code at} on; any state but IN_PROGRESS ends it. */
        public Builder rollout(RolloutState to, String reason, Instant at) {
            rolloutState = to;
            rolloutStateReason = reason;
            updatedAt = at;
            finishedAt = to == RolloutState.IN_PROGRESS ? null : at;
            if (to != RolloutState.FAILED) failure = null;
            return this;
        }

        public Builder failure(DeploymentFailure to) {
            failure = to;
            return this;
        }

        public Builder source(@Nullable DeploymentId to) {
            source = to;
            return this;
        }

        public Builder alternate(boolean to) {
            alternate = to;
            return this;
        }

        public Builder weight(int to) {
            weight = to;
            return this;
        }

        public Builder hooks(List<HookRun> to) {
            hooks = to;
            return this;
        }

        public Builder healthyAt(@Nullable Instant to) {
            healthyAt = to;
            return this;
        }

        /** The count of failed tasks begins anew. */
        public Builder countedFrom(Instant to) {
            countedFrom = to;
            return failedTasks(0, 0);
        }

        /** @param forgotten how many of {@code all} are not stored any more */
        public Builder failedTasks(int all, int forgotten) {
            failedTasks = all;
            forgottenFailures = forgotten;
            return this;
        }

        public Builder ignoredAlarms(List<String> to) {
            ignoredAlarms = to;
            return this;
        }

        public Builder paused(boolean to) {
            paused = to;
            return this;
        }

        public Builder rollback(@Nullable Rollback to) {
            rollback = to;
            return this;
        }

        public Builder answeredAt(@Nullable Instant to) {
            answeredAt = to;
            return this;
        }

        /** Enters a stage, or a step of it, at {@code at}; no stage: it is through. */
        public Builder stage(@Nullable LifecycleStage to, Instant at) {
            if (to != lifecycleStage) hooks = List.of();
            lifecycleStage = to;
            stageAt = to == null ? null : at;
            updatedAt = at;
            return this;
        }

        public Deployment build() {
            return new Deployment(
                    from.id,
                    from.service,
                    from.incarnation,
                    revision,
                    status,
                    rolloutState,
                    rolloutStateReason,
                    desiredCount,
                    launched,
                    steady,
                    from.createdAt,
                    updatedAt,
                    finishedAt,
                    from.traceParent,
                    lifecycleStage,
                    stageAt,
                    source,
                    alternate,
                    weight,
                    hooks,
                    healthyAt,
                    countedFrom,
                    failedTasks,
                    forgottenFailures,
                    ignoredAlarms,
                    paused,
                    failure,
                    rollback,
                    answeredAt,
                    from.createdBy);
        }
    }
}
