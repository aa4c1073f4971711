package io.staithe.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How deployments of a service go, in the names of ECS's {@code DeploymentConfiguration}.
 *
 * @param minimumHealthyPercent rounded up to whole tasks; absent: 100 for REPLICA, 0 for DAEMON
 * @param maximumPercent rounded down to whole tasks; absent: 200 for REPLICA, 100 for DAEMON
 * @param strategy absent: ROLLING
 * @param bakeTimeInMinutes how long both revisions run after the traffic has moved, 0 to 1440; absent: 0
 * @param linearConfiguration of LINEAR alone
 * @param canaryConfiguration of CANARY alone
 */
public record DeploymentConfiguration(
        @Nullable Integer minimumHealthyPercent,
        @Nullable Integer maximumPercent,
        @Nullable CircuitBreaker deploymentCircuitBreaker,
        @Nullable DeploymentAlarms alarms,
        @Nullable DeploymentStrategy strategy,
        @Nullable Integer bakeTimeInMinutes,
        @Nullable LinearConfiguration linearConfiguration,
        @Nullable CanaryConfiguration canaryConfiguration,
        List<LifecycleHook> lifecycleHooks) {
    public static final DeploymentConfiguration DEFAULT = of(null, null);

    private static final int MAX_MINUTES = 1440;

    /**
     * @param stepPercent of the traffic in each step, 3 to 100; absent: 10
     * @param stepBakeTimeInMinutes between two steps, 0 to 1440; absent: 6
     */
    public record LinearConfiguration(
            @Nullable Double stepPercent, @Nullable Integer stepBakeTimeInMinutes) {
        public static final LinearConfiguration DEFAULT = new LinearConfiguration(null, null);

        public LinearConfiguration {
            Check.that(
                    stepPercent == null || (stepPercent >= 3 && stepPercent <= 100),
                    "stepPercent",
                    "must be between 3.0 and 100.0");
            Check.range(stepBakeTimeInMinutes, 0, MAX_MINUTES, "stepBakeTimeInMinutes");
        }

        /** Of 1000 parts of the traffic. */
        public int step() {
            return permille(stepPercent == null ? 10 : stepPercent);
        }

        public int bakeMinutes() {
            return stepBakeTimeInMinutes == null ? 6 : stepBakeTimeInMinutes;
        }
    }

    /**
     * @param canaryPercent of the traffic in the first step, 0.1 to 100; absent: 5
     * @param canaryBakeTimeInMinutes before the second step, 0 to 1440; absent: 10
     */
    public record CanaryConfiguration(
            @Nullable Double canaryPercent, @Nullable Integer canaryBakeTimeInMinutes) {
        public static final CanaryConfiguration DEFAULT = new CanaryConfiguration(null, null);

        public CanaryConfiguration {
            Check.that(
                    canaryPercent == null || (canaryPercent >= 0.1 && canaryPercent <= 100),
                    "canaryPercent",
                    "must be between 0.1 and 100.0");
            Check.range(canaryBakeTimeInMinutes, 0, MAX_MINUTES, "canaryBakeTimeInMinutes");
        }

        /** Of 1000 parts of the traffic. */
        public int step() {
            return permille(canaryPercent == null ? 5 : canaryPercent);
        }

        public int bakeMinutes() {
            return canaryBakeTimeInMinutes == null ? 10 : canaryBakeTimeInMinutes;
        }
    }

    public DeploymentConfiguration {
        Check.range(minimumHealthyPercent, 0, 100, "minimumHealthyPercent");
        Check.range(maximumPercent, 1, 1000, "maximumPercent");
        Check.range(bakeTimeInMinutes, 0, MAX_MINUTES, "bakeTimeInMinutes");
        lifecycleHooks = Check.list(lifecycleHooks);
        Check.atMost(lifecycleHooks, LifecycleHook.MAX_PER_SERVICE, "lifecycleHooks");
        Check.that(
                linearConfiguration == null || strategy == DeploymentStrategy.LINEAR,
                "linearConfiguration",
                "needs the strategy LINEAR");
        Check.that(
                canaryConfiguration == null || strategy == DeploymentStrategy.CANARY,
                "canaryConfiguration",
                "needs the strategy CANARY");
        boolean staged = strategy != null && strategy.isStaged();
        Check.that(
                staged || bakeTimeInMinutes == null || bakeTimeInMinutes == 0,
                "bakeTimeInMinutes",
                "needs one of the strategies BLUE_GREEN, LINEAR and CANARY");
        if (!staged)
            for (LifecycleHook hook : lifecycleHooks)
                Check.that(
                        hook.lifecycleStages().equals(List.of(LifecycleStage.PRE_SCALE_UP)),
                        "lifecycleHooks",
                        "must be of the stage PRE_SCALE_UP where the strategy is ROLLING");
    }

    /** A rolling deployment within these percentages. */
    public static DeploymentConfiguration of(@Nullable Integer minimumPercent, @Nullable Integer maximumPercent) {
        return new DeploymentConfiguration(
                minimumPercent, maximumPercent, null, null, null, null, null, null, List.of());
    }

    public DeploymentStrategy strategyOrDefault() {
        return strategy == null ? DeploymentStrategy.ROLLING : strategy;
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

    public LinearConfiguration linear() {
        return linearConfiguration == null ? LinearConfiguration.DEFAULT : linearConfiguration;
    }

    public CanaryConfiguration canary() {
        return canaryConfiguration == null ? CanaryConfiguration.DEFAULT : canaryConfiguration;
    }

    /** How long a part of the traffic stays before the next one follows. */
    public int stepBakeMinutes() {
        return switch (strategyOrDefault()) {
            case ROLLING, BLUE_GREEN -> 0;
            case LINEAR -> linear().bakeMinutes();
            case CANARY -> canary().bakeMinutes();
        };
    }

    public int bakeMinutes() {
        return bakeTimeInMinutes == null ? 0 : bakeTimeInMinutes;
    }

    private static int permille(double percent) {
        return (int) Math.round(percent * 10);
    }
}
