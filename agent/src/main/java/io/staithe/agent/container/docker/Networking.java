package io.staithe.agent.container.docker;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Link;
import io.staithe.agent.container.ContainerSpec;
import io.staithe.agent.container.Names;
import io.staithe.agent.container.TaskSpec;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.SystemControl;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** A container's network, in each of ECS's network modes. */
final class Networking {
    private Networking() {}

    static void apply(ContainerSpec spec, CreateContainerCmd command, HostConfig host) {
        ContainerDefinition container = spec.container();
        if (Boolean.TRUE.equals(container.disableNetworking())) {
            command.withNetworkDisabled(true);
            host.withNetworkMode("none").withSysctls(sysctls(List.of(container), any -> true));
            return;
        }
        switch (spec.task().definition().networkModeOrDefault()) {
            case BRIDGE -> {
                own(List.of(container), command, host.withNetworkMode("bridge"));
                if (container.hostname() != null) command.withHostName(container.hostname());
                host.withLinks(container.links().stream()
                        .map(link -> link(spec.task(), link))
                        .toArray(Link[]::new));
            }
            case HOST -> {
                host.withNetworkMode("host").withSysctls(sysctls(List.of(container), any -> true));
                names(List.of(container), host);
                command.getLabels().put(PortLabel.NAME, PortLabel.of(container));
            }
            case NONE -> host.withNetworkMode("none").withSysctls(sysctls(List.of(container), any -> true));
            case AWSVPC ->
                host.withNetworkMode(
                                "container:" + Names.networkHolder(spec.task().task()))
                        .withSysctls(sysctls(List.of(container), name -> !isNetwork(name)));
        }
    }

    /** What belongs to the namespace is set where the namespace is made, for all the task's containers together. */
    static void applyToHolder(TaskSpec task, CreateContainerCmd command, HostConfig host) {
        List<ContainerDefinition> containers = task.definition().containerDefinitions();
        own(containers, command, host.withNetworkMode("bridge"));
        // A host port says nothing here: in ECS it is the task's own, on its own address. Another task may have the
        // same.
        host.withPortBindings(PublishedPorts.anywhere(containers))
                .withSysctls(sysctls(containers, Networking::isNetwork));
        containers.stream()
                .map(ContainerDefinition::hostname)
                .filter(name -> name != null)
                .findFirst()
                .ifPresent(command::withHostName);
    }

    private static void own(List<ContainerDefinition> containers, CreateContainerCmd command, HostConfig host) {
        command.withExposedPorts(PublishedPorts.exposed(containers));
        host.withPortBindings(PublishedPorts.bindings(containers)).withSysctls(sysctls(containers, any -> true));
        names(containers, host);
    }

    private static void names(List<ContainerDefinition> containers, HostConfig host) {
        Set<String> servers = new LinkedHashSet<>();
        Set<String> domains = new LinkedHashSet<>();
        Set<String> hosts = new LinkedHashSet<>();
        for (ContainerDefinition container : containers) {
            servers.addAll(container.dnsServers());
            domains.addAll(container.dnsSearchDomains());
            container.extraHosts().forEach(entry -> hosts.add(entry.hostname() + ":" + entry.ipAddress()));
        }
        host.withDns(List.copyOf(servers))
                .withDnsSearch(List.copyOf(domains))
                .withExtraHosts(hosts.toArray(String[]::new));
    }

    private static Map<String, String> sysctls(List<ContainerDefinition> containers, Predicate<String> which) {
        Map<String, String> values = new HashMap<>();
        for (ContainerDefinition container : containers)
            for (SystemControl control : container.systemControls())
                if (which.test(control.namespace())) values.put(control.namespace(), control.value());
        return values;
    }

    private static boolean isNetwork(String sysctl) {
        return sysctl.startsWith("net.");
    }

    /** ECS: {@code name} or {@code name:alias}, of a container of the same task. */
    private static Link link(TaskSpec task, String link) {
        int colon = link.indexOf(':');
        String name = colon < 0 ? link : link.substring(0, colon);
        String alias = colon < 0 ? link : link.substring(colon + 1);
        return new Link(Names.container(task.task(), name), alias);
    }
}
