package io.staithe.agent.container.docker;

import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.NetworkBinding;
import io.staithe.core.model.PortMapping;
import java.util.Arrays;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * The ports of a container on the host's own network, which Docker does not know of, written on the container so that an
 * agent that finds it again does: {@code tcp:80 udp:53}.
 */
final class PortLabel {
    static final String NAME = "io.staithe.host-ports";
    private static final String ANY_ADDRESS = "0.0.0.0";

    private PortLabel() {}

    static String of(ContainerDefinition container) {
        StringJoiner ports = new StringJoiner(" ");
        for (PortMapping mapping : container.portMappings())
            for (int port = mapping.firstContainerPort(); port <= mapping.lastContainerPort(); port++)
                ports.add(mapping.protocolOrDefault() + ":" + port);
        return ports.toString();
    }

    static List<NetworkBinding> read(@Nullable String label) {
        if (label == null || label.isEmpty()) return List.of();
        return Arrays.stream(label.split(" ")).map(PortLabel::binding).toList();
    }

    private static NetworkBinding binding(String written) {
        int colon = written.indexOf(':');
        int port = Integer.parseInt(written.substring(colon + 1));
        return new NetworkBinding(ANY_ADDRESS, port, port, written.substring(0, colon));
    }
}
