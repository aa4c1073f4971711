package io.staithe.core.model;

import org.jspecify.annotations.Nullable;

/**
 * How far a deployment may go below and above the desired count.
 *
 * @param minimumHealthyPercent rounded up to whole tasks; absent: 100 for REPLICA, 0 for DAEMON
 * @param maximumPercent rounded down to whole tasks; absent: 200 for REPLICA, 100 for DAEMON
 */
public record DeploymentConfiguration(
        @Nullable Integer minimumHealthyPercent,
        @Nullable Integer maximumPercent,
        @Nullable CircuitBreaker deploymentCircuitBreaker,
        @Nullable String strategy) {
    public static final DeploymentConfiguration DEFAULT = new DeploymentConfiguration(null, null, null, null);

    public record CircuitBreaker(boolean enable, boolean rollback) {}

    public DeploymentConfiguration {
        Check.range(minimumHealthyPercent, 0, 100, "minimumHealthyPercent");
        Check.range(maximumPercent, 1, 1000, "maximumPercent");
        Check.that(strategy == null || strategy.equals("ROLLING"), "strategy", "must be ROLLING");
    }

    /** Fewest tasks that may be healthy while a deployment goes on, for {@code desired} tasks. */
    public int minimumHealthy(int desired) {
        int percent = minimumHealthyPercent == null ? 100 : minimumHealthyPercent;
        return (int) ((long) desired * percent + 99) / 100;
    }

    /** Most tasks that may be pending or running while a deployment goes on, for {@code desired} tasks. */
    public int maximum(int desired) {
        int percent = maximumPercent == null ? 200 : maximumPercent;
        return (int) ((long) desired * percent / 100);
    }
}
