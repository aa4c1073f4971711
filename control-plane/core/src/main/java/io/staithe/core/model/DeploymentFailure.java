package io.staithe.core.model;

import java.util.List;

/**
 * What ended a deployment, for programs; its reason tells people.
 *
 * @param alarms of {@link Cause#ALARM}: those in ALARM that had not been when it began
 */
public record DeploymentFailure(Cause cause, List<String> alarms) {
    /** Who found that it has failed. */
    public enum Cause {
        CIRCUIT_BREAKER,
        ALARM,
        DEADLINE,
        LIFECYCLE_HOOK,
        USER
    }

    public DeploymentFailure {
        Check.that(cause != null, "cause", "is required");
        alarms = Check.list(alarms);
    }
}
