package io.staithe.server.gateway;

import io.staithe.core.gateway.Hello;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Resources;
import io.staithe.server.bootstrap.FirstStart;
import io.staithe.wire.Wire;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads how an agent introduces itself; the secret in it goes no further than its hash. */
final class Hellos {
    private static final int MIN_SECRET_CHARS = 16;
    private static final int MAX_PARTS = 1000;

    private Hellos() {}

    /** @throws Invalid naming the field that breaks a rule */
    static Hello read(io.staithe.proto.v1.Hello message, String tokenHash) {
        if (message.getInstanceSecret().length() < MIN_SECRET_CHARS)
            throw new Invalid("instanceSecret", "must have at least " + MIN_SECRET_CHARS + " characters");
        if (message.getReservedPortsCount() > MAX_PARTS || message.getAttributesCount() > MAX_PARTS)
            throw new Invalid("hello", "must have at most " + MAX_PARTS + " ports and attributes");
        List<Attribute> attributes = message.getAttributesList().stream()
                .map(attribute -> Wire.toRecord(attribute, Attribute.class))
                .toList();
        Set<HostPort> ports = new HashSet<>();
        message.getReservedPortsList().forEach(port -> ports.add(Wire.toRecord(port, HostPort.class)));
        return new Hello(
                message.getProtocolVersion(),
                message.getAgentVersion(),
                InstanceId.of(message.getInstanceId()),
                tokenHash,
                FirstStart.sha256(message.getInstanceSecret()),
                message.getCluster(),
                message.getHostName(),
                message.getAddress(),
                Wire.toRecord(message.getResources(), Resources.class),
                ports,
                attributes,
                message.getEdge(),
                message.getDockerVersion().isEmpty() ? null : message.getDockerVersion(),
                message.getIncarnation());
    }
}
