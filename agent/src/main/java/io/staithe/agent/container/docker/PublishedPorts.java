package io.staithe.agent.container.docker;

import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.InternetProtocol;
import com.github.dockerjava.api.model.NetworkSettings;
import com.github.dockerjava.api.model.Ports;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.NetworkBinding;
import io.staithe.core.model.PortMapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Container ports that the host offers: asked for, and as they came out. */
final class PublishedPorts {
    private PublishedPorts() {}

    static List<ExposedPort> exposed(List<ContainerDefinition> containers) {
        List<ExposedPort> ports = new ArrayList<>();
        for (ContainerDefinition container : containers)
            for (PortMapping mapping : container.portMappings())
                for (int port = mapping.firstContainerPort(); port <= mapping.lastContainerPort(); port++)
                    ports.add(exposed(mapping, port));
        return ports;
    }

    /** Each on a port of the host's ephemeral range, whatever host port is asked for. */
    static Ports anywhere(List<ContainerDefinition> containers) {
        Ports bindings = new Ports();
        exposed(containers).forEach(port -> bindings.bind(port, Ports.Binding.empty()));
        return bindings;
    }

    /** Without a host port, Docker chooses one of the host's ephemeral range. */
    static Ports bindings(List<ContainerDefinition> containers) {
        Ports bindings = new Ports();
        for (ContainerDefinition container : containers)
            for (PortMapping mapping : container.portMappings())
                for (int port = mapping.firstContainerPort(); port <= mapping.lastContainerPort(); port++)
                    bindings.bind(
                            exposed(mapping, port),
                            mapping.fixedHostPort() == 0
                                    ? Ports.Binding.empty()
                                    : Ports.Binding.bindPort(mapping.fixedHostPort()));
        return bindings;
    }

    /** Docker lists a port once for each address family: the IPv4 one speaks for both. */
    static List<NetworkBinding> published(@Nullable NetworkSettings settings) {
        if (settings == null || settings.getPorts() == null) return List.of();
        List<NetworkBinding> bindings = new ArrayList<>();
        for (Map.Entry<ExposedPort, Ports.Binding[]> entry :
                settings.getPorts().getBindings().entrySet()) {
            Ports.Binding binding = preferred(entry.getValue());
            if (binding != null)
                bindings.add(new NetworkBinding(
                        binding.getHostIp(),
                        entry.getKey().getPort(),
                        Integer.parseInt(binding.getHostPortSpec()),
                        entry.getKey().getProtocol().toString()));
        }
        bindings.sort(Comparator.comparing(NetworkBinding::containerPort).thenComparing(NetworkBinding::protocol));
        return bindings;
    }

    private static Ports.@Nullable Binding preferred(Ports.Binding @Nullable [] bindings) {
        if (bindings == null || bindings.length == 0) return null;
        for (Ports.Binding binding : bindings) if (binding.getHostIp().indexOf(':') < 0) return binding;
        return bindings[0];
    }

    private static ExposedPort exposed(PortMapping mapping, int port) {
        return new ExposedPort(port, InternetProtocol.parse(mapping.protocolOrDefault()));
    }
}
