package io.staithe.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The roll-out of one revision of a service.
 *
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

    public Deployment withStatus(Status to, Instant at) {
        return new Deployment(
                id,
                service,
                incarnation,
                revision,
                to,
                rolloutState,
                rolloutStateReason,
                desiredCount,
                launched,
                steady,
                createdAt,
                at,
                finishedAt,
                traceParent);
    }

    public Deployment withRollout(RolloutState to, String reason, Instant at) {
        return new Deployment(
                id,
                service,
                incarnation,
                revision,
                status,
                to,
                reason,
                desiredCount,
                launched,
                steady,
                createdAt,
                at,
                to == RolloutState.IN_PROGRESS ? null : at,
                traceParent);
    }

    public Deployment withDesiredCount(int to, Instant at) {
        return new Deployment(
                id,
                service,
                incarnation,
                revision,
                status,
                rolloutState,
                rolloutStateReason,
                to,
                launched,
                steady,
                createdAt,
                at,
                finishedAt,
                traceParent);
    }

    public Deployment withLaunched(int to, Instant at) {
        return new Deployment(
                id,
                service,
                incarnation,
                revision,
                status,
                rolloutState,
                rolloutStateReason,
                desiredCount,
                to,
                steady,
                createdAt,
                at,
                finishedAt,
                traceParent);
    }

    public Deployment withSteady(boolean to, Instant at) {
        return new Deployment(
                id,
                service,
                incarnation,
                revision,
                status,
                rolloutState,
                rolloutStateReason,
                desiredCount,
                launched,
                to,
                createdAt,
                at,
                finishedAt,
                traceParent);
    }
}
