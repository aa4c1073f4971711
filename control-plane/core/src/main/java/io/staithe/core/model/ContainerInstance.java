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
        /** Out of reach for longer than its tasks tolerate; they are replaced. Once it is back it becomes ACTIVE again. */
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

    /** A connected host on this machine's loopback address, with its required parts alone. */
    public static ContainerInstance of(
            InstanceId id, String cluster, String hostName, Resources registered, Instant at) {
        return new ContainerInstance(
                id,
                cluster,
                hostName,
                "127.0.0.1",
                registered,
                Set.of(),
                List.of(),
                false,
                Status.ACTIVE,
                "0",
                null,
                1,
                "",
                at,
                null,
                List.of());
    }

    public Builder but() {
        return new Builder(this);
    }

    /** Makes a changed copy of a host, field by field. */
    public static final class Builder {
        private final ContainerInstance from;
        private String address;
        private List<Attribute> attributes;
        private boolean edge;
        private Status status;
        private String agentVersion;
        private @Nullable String dockerVersion;
        private @Nullable Instant disconnectedSince;
        private List<Tag> tags;

        private Builder(ContainerInstance from) {
            this.from = from;
            address = from.address;
            attributes = from.attributes;
            edge = from.edge;
            status = from.status;
            agentVersion = from.agentVersion;
            dockerVersion = from.dockerVersion;
            disconnectedSince = from.disconnectedSince;
            tags = from.tags;
        }

        public Builder address(String to) {
            address = to;
            return this;
        }

        public Builder attributes(List<Attribute> to) {
            attributes = to;
            return this;
        }

        public Builder edge(boolean to) {
            edge = to;
            return this;
        }

        public Builder status(Status to) {
            status = to;
            return this;
        }

        public Builder versions(String agent, @Nullable String docker) {
            agentVersion = agent;
            dockerVersion = docker;
            return this;
        }

        public Builder disconnectedSince(@Nullable Instant to) {
            disconnectedSince = to;
            return this;
        }

        public Builder tags(List<Tag> to) {
            tags = to;
            return this;
        }

        public ContainerInstance build() {
            return new ContainerInstance(
                    from.id,
                    from.cluster,
                    from.hostName,
                    address,
                    from.registered,
                    from.reservedPorts,
                    attributes,
                    edge,
                    status,
                    agentVersion,
                    dockerVersion,
                    from.incarnation,
                    from.credentialHash,
                    from.registeredAt,
                    disconnectedSince,
                    tags);
        }
    }
}
