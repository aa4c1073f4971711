package io.staithe.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A port that a container listens on and how the host offers it.
 *
 * @param hostPort absent or 0: the container runtime chooses one from the host's ephemeral range
 * @param containerPortRange {@code first-last}, instead of {@code containerPort}
 */
public record PortMapping(
        @Nullable Integer containerPort,
        @Nullable Integer hostPort,
        @Nullable String protocol,
        @Nullable String name,
        @Nullable String appProtocol,
        @Nullable String containerPortRange) {
    public PortMapping {
        Check.that(
                (containerPort == null) != (containerPortRange == null),
                "containerPort",
                "either containerPort or containerPortRange is required");
        Check.range(containerPort, 1, 65535, "containerPort");
        Check.range(hostPort, 0, 65535, "hostPort");
        Check.oneOf(protocol, List.of("tcp", "udp"), "protocol");
        Check.oneOf(appProtocol, List.of("http", "http2", "grpc"), "appProtocol");
        if (name != null)
            Check.that(name.matches("[a-z0-9_][a-z0-9_-]{0,63}"), "name", "must be up to 64 of a-z 0-9 _ -");
        if (containerPortRange != null) {
            Check.that(containerPortRange.matches("[0-9]{1,5}-[0-9]{1,5}"), "containerPortRange", "must be FIRST-LAST");
            Check.that(hostPort == null, "hostPort", "is not allowed together with containerPortRange");
            Check.range(first(containerPortRange), 1, 65535, "containerPortRange");
            Check.range(last(containerPortRange), first(containerPortRange), 65535, "containerPortRange");
            Check.that(
                    last(containerPortRange) - first(containerPortRange) < 100,
                    "containerPortRange",
                    "must hold at most 100 ports");
        }
    }

    public static PortMapping tcp(int containerPort, int hostPort) {
        return new PortMapping(containerPort, hostPort, "tcp", null, null, null);
    }

    /** {@code tcp} or {@code udp}. */
    public String protocolOrDefault() {
        return protocol == null ? "tcp" : protocol;
    }

    /** The host port that the user asks for, or 0 where the runtime chooses. */
    public int fixedHostPort() {
        return hostPort == null ? 0 : hostPort;
    }

    /** First port of the mapping: the container port itself, or the first of the range. */
    public int firstContainerPort() {
        return containerPort != null ? containerPort : first(containerPortRange);
    }

    /** Last port of the mapping, inclusive. */
    public int lastContainerPort() {
        return containerPort != null ? containerPort : last(containerPortRange);
    }

    private static int first(@Nullable String range) {
        return range == null ? 0 : Integer.parseInt(range.substring(0, range.indexOf('-')));
    }

    private static int last(@Nullable String range) {
        return range == null ? 0 : Integer.parseInt(range.substring(range.indexOf('-') + 1));
    }
}
