package io.staithe.capacity.provider;

import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Resources;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A host to start.
 *
 * @param id its container instance id, and the client token
 * @param group the host group's name
 * @param type the provider's name of its size; {@link io.staithe.core.model.ProvisionedHost#MADE_TO_MEASURE} where {@code offered}
 *     says it all
 * @param offered what its agent is to offer to tasks
 * @param fargate for tasks on Fargate alone: its agent refuses what those may not ask for
 * @param zone absent: the provider chooses
 * @param joinToken lets this host alone join; a secret
 * @param settings the group's, which the provider alone understands
 */
public record HostRequest(
        InstanceId id,
        String group,
        String cluster,
        String type,
        Resources offered,
        String architecture,
        boolean spot,
        boolean fargate,
        @Nullable String zone,
        String joinToken,
        Map<String, String> settings) {
    /** Without the secret: it may end up in a log. */
    @Override
    public String toString() {
        return "HostRequest[" + id + ", " + group + ", " + type + ", " + offered + "]";
    }
}
