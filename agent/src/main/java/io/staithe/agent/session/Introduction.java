package io.staithe.agent.session;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Resources;
import java.util.List;

/**
 * What a host says of itself when it opens a session.
 *
 * @param secret proves that it is the same host as last time; never shown
 * @param incarnation rises each time the host loses its memory
 * @param address where other hosts reach its published ports
 * @param resources what it offers to tasks
 * @param edge whether it carries traffic too
 */
public record Introduction(
        InstanceId instance,
        String secret,
        long incarnation,
        String agentVersion,
        String dockerVersion,
        String cluster,
        String hostName,
        String address,
        Resources resources,
        List<HostPort> reservedPorts,
        List<Attribute> attributes,
        boolean edge) {
    public Introduction {
        reservedPorts = List.copyOf(reservedPorts);
        attributes = List.copyOf(attributes);
    }

    @Override
    public String toString() {
        return "Introduction[" + instance + ", " + hostName + ", " + cluster + "]";
    }
}
