package io.staithe.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A live connection of a host. It lies on the lease of the gateway that holds it, so that a gateway's death ends it.
 *
 * @param gateway which control plane process holds the connection
 * @param runtimeHealthy whether its container runtime answers; if not, the host takes no new task
 * @param apiUrl where that process answers its API to others, such as {@code https://10.0.0.1:7400}; absent: it does not say
 */
public record AgentSession(
        InstanceId instance,
        String gateway,
        long incarnation,
        Instant connectedAt,
        boolean runtimeHealthy,
        @Nullable String apiUrl)
        implements Entity {
    /** A session with a process that does not say where its API is. */
    public AgentSession(
            InstanceId instance, String gateway, long incarnation, Instant connectedAt, boolean runtimeHealthy) {
        this(instance, gateway, incarnation, connectedAt, runtimeHealthy, null);
    }

    @Override
    public Key key() {
        return Key.session(instance);
    }
}
