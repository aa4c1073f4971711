package io.staithe.core.model;

import java.time.Instant;

/**
 * A live connection of a host. It lies on the lease of the gateway that holds it, so that a gateway's death ends it.
 *
 * @param gateway which control plane process holds the connection
 * @param runtimeHealthy whether its container runtime answers; if not, the host takes no new task
 */
public record AgentSession(
        InstanceId instance, String gateway, long incarnation, Instant connectedAt, boolean runtimeHealthy)
        implements Entity {
    @Override
    public Key key() {
        return Key.session(instance);
    }
}
