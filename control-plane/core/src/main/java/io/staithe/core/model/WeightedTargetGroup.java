package io.staithe.core.model;

/**
 * One of the target groups among which an action divides its requests: ELB's {@code TargetGroupTuple}.
 *
 * @param weight 0 to 999: its share is this of the sum of all weights of the action. With 0 it gets none
 */
public record WeightedTargetGroup(String targetGroup, int weight) {
    public static final int MAX_WEIGHT = 999;

    public WeightedTargetGroup {
        Check.name(targetGroup, "targetGroupArn");
        Check.range(weight, 0, MAX_WEIGHT, "weight");
    }
}
