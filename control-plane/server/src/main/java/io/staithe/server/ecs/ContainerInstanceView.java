package io.staithe.server.ecs;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.HostLoad;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Resource;

/** A host as ECS shows it. */
final class ContainerInstanceView {
    private ContainerInstanceView() {}

    static software.amazon.awssdk.services.ecs.model.ContainerInstance of(
            ContainerInstance host, ClusterState state, Arns arns, boolean withTags) {
        List<Task> tasks = state.tasksOn(host.id()).toList();
        // A host may be forgotten between what is answered about it and this state: then nothing of it is used.
        Optional<HostLoad> load = state.load(host.id());
        Resources left = load.map(HostLoad::free).orElse(host.registered());
        Set<HostPort> taken = new TreeSet<>(host.reservedPorts());
        load.ifPresent(held -> taken.addAll(held.ports()));
        var view = Shapes.write(
                host,
                software.amazon.awssdk.services.ecs.model.ContainerInstance.builder(),
                "status",
                "attributes",
                "tags");
        if (withTags) view.tags(Requests.tagViews(host.tags()));
        return view.containerInstanceArn(arns.containerInstance(host.cluster(), host.id()))
                .ec2InstanceId(host.hostName())
                .capacityProviderName(host.capacityProvider())
                .status(status(host))
                .statusReason(statusReason(host))
                .attributes(Shapes.writeList(
                        host.allAttributes(), software.amazon.awssdk.services.ecs.model.Attribute::builder))
                .agentConnected(host.isConnected())
                .version(state.revisionOf(host.key()))
                .versionInfo(
                        version -> version.agentVersion(host.agentVersion()).dockerVersion(host.dockerVersion()))
                .registeredResources(resources(host.registered(), host.registered(), host.reservedPorts()))
                .remainingResources(resources(left, host.registered(), taken))
                .runningTasksCount(ServiceView.count(tasks, Counts::running))
                .pendingTasksCount(ServiceView.count(tasks, Counts::pending))
                .build();
    }

    /** ECS has no word for a host that is lost: it stays ACTIVE, with its agent not connected. */
    static String status(ContainerInstance host) {
        return host.status() == ContainerInstance.Status.LOST
                ? "ACTIVE"
                : host.status().name();
    }

    private static @Nullable String statusReason(ContainerInstance host) {
        if (host.status() == ContainerInstance.Status.LOST) return "The host is out of reach.";
        boolean ends = host.status() == ContainerInstance.Status.DRAINING && host.drainDeadline() != null;
        return ends ? "What is left on the host stops at " + host.drainDeadline() + "." : null;
    }

    /** What is used up is shown as 0: it is there. */
    private static List<Resource> resources(Resources amount, Resources registered, Collection<HostPort> ports) {
        List<Resource> all = new ArrayList<>();
        all.add(integer("CPU", amount.cpu()));
        all.add(integer("MEMORY", amount.memory()));
        all.add(ports("PORTS", "tcp", ports));
        all.add(ports("PORTS_UDP", "udp", ports));
        if (registered.gpus() > 0) all.add(integer("GPU", amount.gpus()));
        registered.others().keySet().forEach(name -> all.add(integer(name, amount.other(name))));
        return all;
    }

    private static Resource integer(String name, int value) {
        return Resource.builder().name(name).type("INTEGER").integerValue(value).build();
    }

    /** ECS lists the ports that are taken, among what remains, too. */
    private static Resource ports(String name, String protocol, Collection<HostPort> ports) {
        return Resource.builder()
                .name(name)
                .type("STRINGSET")
                .stringSetValue(ports.stream()
                        .filter(port -> port.protocol().equals(protocol))
                        .map(port -> String.valueOf(port.port()))
                        .toList())
                .build();
    }
}
