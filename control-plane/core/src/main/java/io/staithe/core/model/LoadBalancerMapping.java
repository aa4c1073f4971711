package io.staithe.core.model;

/**
 * Sends a target group's traffic to a port of a container: ECS's {@code loadBalancers} entry of a service.
 *
 * @param targetGroup the target group's name
 */
public record LoadBalancerMapping(String targetGroup, String containerName, int containerPort) {
    public LoadBalancerMapping {
        Check.name(targetGroup, "targetGroupArn");
        Check.name(containerName, "containerName");
        Check.range(containerPort, 1, 65535, "containerPort");
    }
}
