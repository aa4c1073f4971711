package io.staithe.core.model;

/** How the containers of a task are networked. */
public enum NetworkMode {
    /** Each container on the host's bridge; ports are mapped. ECS's default on Linux. */
    BRIDGE("bridge"),
    /** The host's own network; container ports are host ports. */
    HOST("host"),
    /** One network namespace for the whole task, as with an interface of its own; containers reach each other on localhost. */
    AWSVPC("awsvpc"),
    /** No network at all. */
    NONE("none");

    private final String value;

    NetworkMode(String value) {
        this.value = value;
    }

    /** As it is written in the API. */
    @Override
    public String toString() {
        return value;
    }
}
