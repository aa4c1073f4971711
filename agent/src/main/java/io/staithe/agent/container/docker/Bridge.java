package io.staithe.agent.container.docker;

import com.github.dockerjava.api.exception.NotFoundException;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The engine's own bridge, which its containers share with the host. */
final class Bridge {
    private static final String NETWORK = "bridge";
    private static final String NAME_OPTION = "com.docker.network.bridge.name";
    private static final String USUAL_NAME = "docker0";

    private Bridge() {}

    /** This host's address on it. Empty without a bridge, and where the engine is another host's. */
    static Optional<String> address(Engine engine) throws ContainerException {
        Optional<String> name = engine.call(Code.CANNOT_INSPECT, docker -> {
            try {
                Map<String, String> options =
                        docker.inspectNetworkCmd().withNetworkId(NETWORK).exec().getOptions();
                return Optional.of(Objects.requireNonNullElse(options, Map.<String, String>of())
                        .getOrDefault(NAME_OPTION, USUAL_NAME));
            } catch (NotFoundException none) {
                return Optional.empty();
            }
        });
        return name.flatMap(Bridge::addressOf);
    }

    private static Optional<String> addressOf(String bridge) {
        try {
            NetworkInterface found = NetworkInterface.getByName(bridge);
            if (found == null) return Optional.empty();
            return found.inetAddresses()
                    .filter(Inet4Address.class::isInstance)
                    .map(InetAddress::getHostAddress)
                    .findFirst();
        } catch (SocketException unknown) {
            return Optional.empty();
        }
    }
}
