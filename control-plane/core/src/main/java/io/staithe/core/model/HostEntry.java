package io.staithe.core.model;

/** A line of a container's {@code /etc/hosts}. */
public record HostEntry(String hostname, String ipAddress) {
    public HostEntry {
        Check.text(hostname, "hostname", 255);
        Check.text(ipAddress, "ipAddress", 64);
    }
}
