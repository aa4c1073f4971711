package io.staithe.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The roll-out of one revision of a service.
 *
 * @param desiredCount how many tasks it is to have; of a daemon service, on how many hosts
 * @param launched how many tasks it has created so far; the next task's id derives from it, so that planning twice
 *     creates the same task once
 * @param steady whether the service was last seen with exactly the tasks that it wants; turning true is an event
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
        @Nullable String traceParent)
        implements Entity {
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
                service.traceParent());
    }

    public Builder but() {
        return new Builder(this);
    }

    /** Makes a changed copy of a deployment, field by field. */
    public static final class Builder {
        private final Deployment from;
        private Status status;
        private RolloutState rolloutState;
        private String rolloutStateReason;
        private int desiredCount;
        private int launched;
        private boolean steady;
        private Instant updatedAt;
        private @Nullable Instant finishedAt;

        private Builder(Deployment from) {
            this.from = from;
            status = from.status;
            rolloutState = from.rolloutState;
            rolloutStateReason = from.rolloutStateReason;
            desiredCount = from.desiredCount;
            launched = from.launched;
            steady = from.steady;
            updatedAt = from.updatedAt;
            finishedAt = from.finishedAt;
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
            return this;
        }

        public Deployment build() {
            return new Deployment(
                    from.id,
                    from.service,
                    from.incarnation,
                    from.revision,
                    status,
                    rolloutState,
                    rolloutStateReason,
                    desiredCount,
                    launched,
                    steady,
                    from.createdAt,
                    updatedAt,
                    finishedAt,
                    from.traceParent);
        }
    }
}
