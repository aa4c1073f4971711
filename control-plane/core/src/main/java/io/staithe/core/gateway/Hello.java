package io.staithe.core.gateway;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Resources;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How an agent introduces itself.
 *
 * @param tokenHash SHA-256 of the join token that it sent, hexadecimal
 * @param secretHash SHA-256 of the host's own secret, hexadecimal
 * @param incarnation rises each time the agent's data folder is made anew
 */
public record Hello(
        int protocolVersion,
        String agentVersion,
        InstanceId instance,
        String tokenHash,
        String secretHash,
        String cluster,
        String hostName,
        String address,
        Resources resources,
        Set<HostPort> reservedPorts,
        List<Attribute> attributes,
        boolean edge,
        @Nullable String dockerVersion,
        long incarnation) {
    /** What this program speaks. */
    public static final int PROTOCOL_VERSION = 1;
}
