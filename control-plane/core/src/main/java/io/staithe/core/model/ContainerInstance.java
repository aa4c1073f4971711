package io.staithe.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A host that runs tasks of a cluster.
 *
 * @param address where other hosts reach its published ports: a name or an IP address
 * @param registered what the host offers, after what it keeps for itself
 * @param reservedPorts host ports that no task may fix
 * @param attributes what its agent says of it
 * @param userAttributes what users say of it; they hide its agent's of the same name
 * @param edge whether it carries traffic too: it runs the load balancer
 * @param incarnation the agent's data folder's number; an older one is refused
 * @param credentialHash SHA-256 of the secret with which this host proves that it is itself, in hexadecimal
 * @param disconnectedSince since when no gateway has a session with it; absent: it is connected
 * @param drainDeadline while it drains: when what is left on it stops whatever keeps it; absent: never
 * @param capacityProvider whose tasks it runs; absent: those that name none
 * @param dedicated for one task of exactly its size alone
 */
public record ContainerInstance(
        InstanceId id,
        String cluster,
        String hostName,
        String address,
        Resources registered,
        Set<HostPort> reservedPorts,
        List<Attribute> attributes,
        List<Attribute> userAttributes,
        boolean edge,
        Status status,
        String agentVersion,
        @Nullable String dockerVersion,
        long incarnation,
        String credentialHash,
        Instant registeredAt,
        @Nullable Instant disconnectedSince,
        @Nullable Instant drainDeadline,
        @Nullable String capacityProvider,
        boolean dedicated,
        List<Tag> tags)
        implements Entity {
    /** ECS: custom attributes of one container instance. */
    public static final int MAX_USER_ATTRIBUTES = 10;

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
        userAttributes = Check.list(userAttributes);
        Check.atMost(userAttributes, MAX_USER_ATTRIBUTES, "userAttributes");
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

    /** Empty text where the attribute has no value. */
    public Optional<String> attribute(String name) {
        return Stream.concat(userAttributes.stream(), attributes.stream())
                .filter(a -> a.name().equals(name))
                .map(a -> a.value() == null ? "" : a.value())
                .findFirst();
    }

    /** What {@link #attribute} sees, by name. */
    public List<Attribute> allAttributes() {
        SortedMap<String, Attribute> byName = new TreeMap<>();
        attributes.forEach(own -> byName.putIfAbsent(own.name(), own));
        userAttributes.forEach(given -> byName.put(given.name(), given));
        return List.copyOf(byName.values());
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
                List.of(),
                false,
                Status.ACTIVE,
                "0",
                null,
                1,
                "",
                at,
                null,
                null,
                null,
                false,
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
        private List<Attribute> userAttributes;
        private boolean edge;
        private Status status;
        private String agentVersion;
        private @Nullable String dockerVersion;
        private @Nullable Instant disconnectedSince;
        private @Nullable Instant drainDeadline;
        private @Nullable String capacityProvider;
        private boolean dedicated;
        private List<Tag> tags;

        private Builder(ContainerInstance from) {
            this.from = from;
            address = from.address;
            attributes = from.attributes;
            userAttributes = from.userAttributes;
            edge = from.edge;
            status = from.status;
            agentVersion = from.agentVersion;
            dockerVersion = from.dockerVersion;
            disconnectedSince = from.disconnectedSince;
            drainDeadline = from.drainDeadline;
            capacityProvider = from.capacityProvider;
            dedicated = from.dedicated;
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

        public Builder userAttributes(List<Attribute> to) {
            userAttributes = to;
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

        public Builder drainDeadline(@Nullable Instant to) {
            drainDeadline = to;
            return this;
        }

        /** Whose tasks alone it runs, and whether it is for one of them. */
        public Builder capacity(@Nullable String provider, boolean toOneTask) {
            capacityProvider = provider;
            dedicated = toOneTask;
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
                    userAttributes,
                    edge,
                    status,
                    agentVersion,
                    dockerVersion,
                    from.incarnation,
                    from.credentialHash,
                    from.registeredAt,
                    disconnectedSince,
                    drainDeadline,
                    capacityProvider,
                    dedicated,
                    tags);
        }
    }
}
