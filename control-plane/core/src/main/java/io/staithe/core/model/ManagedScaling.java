package io.staithe.core.model;

/**
 * How many hosts a capacity provider wants of its group (ECS: managed scaling).
 *
 * @param enabled false: the group's size is somebody else's affair
 * @param targetCapacity 1 to 100 percent of its hosts in use; less leaves spare ones
 * @param minimumScalingStepSize 1 to 10,000 hosts at once, at least
 * @param maximumScalingStepSize 1 to 10,000 hosts at once, at most
 * @param instanceWarmupPeriod 0 to 10,000 seconds in which a new host counts as in use
 */
public record ManagedScaling(
        boolean enabled,
        int targetCapacity,
        int minimumScalingStepSize,
        int maximumScalingStepSize,
        int instanceWarmupPeriod) {
    /** ECS's defaults. */
    public static final ManagedScaling DEFAULT = new ManagedScaling(true, 100, 1, 10_000, 300);

    public ManagedScaling {
        Check.range(targetCapacity, 1, 100, "targetCapacity");
        Check.range(minimumScalingStepSize, 1, 10_000, "minimumScalingStepSize");
        Check.range(maximumScalingStepSize, 1, 10_000, "maximumScalingStepSize");
        Check.that(
                minimumScalingStepSize <= maximumScalingStepSize,
                "minimumScalingStepSize",
                "must not be more than maximumScalingStepSize");
        Check.range(instanceWarmupPeriod, 0, 10_000, "instanceWarmupPeriod");
    }
}
