package io.staithe.core.model;

/** A service's identity: its name within its cluster, written {@code cluster/name}. */
public record ServiceId(String cluster, String name) implements Id, Comparable<ServiceId> {
    public ServiceId {
        Check.name(cluster, "cluster");
        Check.name(name, "serviceName");
    }

    public static ServiceId of(String value) {
        int slash = value.indexOf('/');
        Check.that(slash > 0, "service", "must be cluster/name");
        return new ServiceId(value.substring(0, slash), value.substring(slash + 1));
    }

    @Override
    public String value() {
        return cluster + "/" + name;
    }

    @Override
    public int compareTo(ServiceId other) {
        return value().compareTo(other.value());
    }

    @Override
    public String toString() {
        return value();
    }
}
