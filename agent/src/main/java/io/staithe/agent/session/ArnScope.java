package io.staithe.agent.session;

/**
 * What the control plane writes into the ARNs of what it runs.
 *
 * @param account 12 digits
 */
public record ArnScope(String region, String account) {
    /** Of something of ECS's, such as {@code task/CLUSTER/ID}. */
    public String ecs(String resource) {
        return "arn:aws:ecs:" + region + ":" + account + ":" + resource;
    }
}
