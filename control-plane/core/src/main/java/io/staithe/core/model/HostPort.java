package io.staithe.core.model;

/** A port of a host that only one task can hold at a time. */
public record HostPort(String protocol, int port) implements Comparable<HostPort> {
    @Override
    public int compareTo(HostPort other) {
        int byProtocol = protocol.compareTo(other.protocol);
        return byProtocol != 0 ? byProtocol : Integer.compare(port, other.port);
    }

    @Override
    public String toString() {
        return protocol + ":" + port;
    }
}
