package io.staithe.core.model;

import java.time.Instant;

/**
 * What a user asks of a deployment that is going on. The last one counts, and is carried out once.
 *
 * @param deployment the one that is meant: when another one has taken its place, nothing is done
 * @param requestedAt tells it from an earlier one
 */
public record DeploymentRequest(DeploymentId deployment, Action action, Instant requestedAt) {
    public enum Action {
        /** Nothing new starts, and nothing old that works is stopped. */
        PAUSE,
        /** Ends a pause of whatever kind; a deployment that has failed tries again. */
        CONTINUE,
        /** Back to the last completed deployment. */
        ROLLBACK,
        /** Everything stays as it is. */
        ABORT
    }
}
