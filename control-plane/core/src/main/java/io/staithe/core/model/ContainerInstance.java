package io.staithe.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host that runs tasks of a cluster.
 *
 * @param address where other hosts reach its published ports: a name or an IP address
 * @param registered what the host offers, after what it keeps for itself
 * @param reservedPorts host ports that no task may fix
 * @param edge whether it carries traffic too: it runs the load balancer
 * @param incarnation the agent's data folder's number; an older one is refused
 * @param credentialHash SHA-256 of the secret with which this host proves that it is itself, in hexadecimal
 * @param disconnectedSince since when no gateway has a session with it; absent: it is connected
 */
public record ContainerInstance(
        InstanceId id,
        String cluster,
        String hostName,
        String address,
        Resources registered,
        Set<HostPort> reservedPorts,
        List<Attribute> attributes,
        boolean edge,
        Status status,
        String agentVersion,
        @Nullable String dockerVersion,
        long incarnation,
        String credentialHash,
        Instant registeredAt,
        @Nullable Instant disconnectedSince,
        List<Tag> tags)
        implements Entity {
    public enum Status {
        ACTIVE,
        /** Takes no new task; its tasks are being replaced elsewhere. */
        DRAINING,
        /** Out of reach for longer than its tasks tolerate; they are replaced. Coming back makes it ACTIVE again. */
        LOST,
        /** Deregistered, and still readable for a while. */
        INACTIVE
    }

    public ContainerInstance {
        Check.name(cluster, "cluster");
        Check.text(hostName, "hostName", 253);
        Check.text(address, "address", 253);
        Check.that(address.matches("[a-zA-Z0-9.:_-]+"), "address", "must be a host name or an IP address");
        attributes = Check.list(attributes);
        Check.atMost(attributes, 100, "attributes");
        reservedPorts = reservedPorts == null
                ? Set.of()
                : java.util.Collections.unmodifiableSet(new java.util.TreeSet<>(reservedPorts));
        tags = Check.list(tags);
    }

    @Override
    public Key key() {
        return Key.instance(id);
    }

    public boolean isConnected() {
        return disconnectedSince == null;
    }

    public Optional<String> attribute(String name) {
        return attributes.stream()
                .filter(a -> a.name().equals(name))
                .map(a -> a.value() == null ? "" : a.value())
                .findFirst();
    }

    public ContainerInstance withStatus(Status to) {
        return new ContainerInstance(
                id,
                cluster,
                hostName,
                address,
                registered,
                reservedPorts,
                attributes,
                edge,
                to,
                agentVersion,
                dockerVersion,
                incarnation,
                credentialHash,
                registeredAt,
                disconnectedSince,
                tags);
    }

    public ContainerInstance withDisconnectedSince(@Nullable Instant at) {
        return new ContainerInstance(
                id,
                cluster,
                hostName,
                address,
                registered,
                reservedPorts,
                attributes,
                edge,
                status,
                agentVersion,
                dockerVersion,
                incarnation,
                credentialHash,
                registeredAt,
                at,
                tags);
    }

    public ContainerInstance withTags(List<Tag> to) {
        return new ContainerInstance(
                id,
                cluster,
                hostName,
                address,
                registered,
                reservedPorts,
                attributes,
                edge,
                status,
                agentVersion,
                dockerVersion,
                incarnation,
                credentialHash,
                registeredAt,
                disconnectedSince,
                to);
    }
}
