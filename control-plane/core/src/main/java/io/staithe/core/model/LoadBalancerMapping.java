package io.staithe.core.model;

import org.jspecify.annotations.Nullable;

/**
 * Sends a target group's traffic to a port of a container: ECS's {@code loadBalancers} entry of a service.
 *
 * @param targetGroup the target group's name
 * @param advancedConfiguration for deployments that move traffic; absent: they cannot
 */
public record LoadBalancerMapping(
        String targetGroup,
        String containerName,
        int containerPort,
        @Nullable AdvancedConfiguration advancedConfiguration) {
    /**
     * The second target group of a service, and whose traffic moves between the two.
     *
     * @param productionListenerRule {@code LOADBALANCER:PORT} for a listener's default action, or
     *     {@code LOADBALANCER:PORT/PRIORITY} for a rule; it must forward to one of the two target groups
     * @param testListenerRule leads to the new revision before the production traffic does; absent: none does
     * @param roleArn kept for those who write it
     */
    public record AdvancedConfiguration(
            String alternateTargetGroup,
            String productionListenerRule,
            @Nullable String testListenerRule,
            @Nullable String roleArn) {
        private static final String RULE = "[a-zA-Z0-9_-]+:[0-9]+(/[0-9]+)?";

        public AdvancedConfiguration {
            Check.name(alternateTargetGroup, "alternateTargetGroupArn");
            Check.that(
                    productionListenerRule != null && productionListenerRule.matches(RULE),
                    "productionListenerRule",
                    "must be NAME:PORT or NAME:PORT/PRIORITY");
            Check.that(
                    testListenerRule == null || testListenerRule.matches(RULE),
                    "testListenerRule",
                    "must be NAME:PORT or NAME:PORT/PRIORITY");
            Check.that(
                    !productionListenerRule.equals(testListenerRule),
                    "testListenerRule",
                    "must be another one than productionListenerRule");
        }
    }

    public LoadBalancerMapping {
        Check.name(targetGroup, "targetGroupArn");
        Check.name(containerName, "containerName");
        Check.range(containerPort, 1, 65535, "containerPort");
        Check.that(
                advancedConfiguration == null || !targetGroup.equals(advancedConfiguration.alternateTargetGroup()),
                "alternateTargetGroupArn",
                "must be another target group than targetGroupArn");
    }

    public LoadBalancerMapping(String targetGroup, String containerName, int containerPort) {
        this(targetGroup, containerName, containerPort, null);
    }

    /** The target group on one of the two sides. */
    public String targetGroup(boolean alternate) {
        return alternate && advancedConfiguration != null ? advancedConfiguration.alternateTargetGroup() : targetGroup;
    }

    /** What a task on one of the two sides is told. */
    public LoadBalancerMapping on(boolean alternate) {
        return new LoadBalancerMapping(targetGroup(alternate), containerName, containerPort);
    }
}
