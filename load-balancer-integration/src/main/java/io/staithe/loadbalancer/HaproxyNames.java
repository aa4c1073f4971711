package io.staithe.loadbalancer;

import io.staithe.core.model.Invalid;
import io.staithe.core.model.TaskId;
import java.util.Optional;
import java.util.OptionalInt;

/** What things are called in HAProxy, and back. None of the parts holds a dot, so the parts can be told apart. */
final class HaproxyNames {
    private static final String FRONTEND = "listener.";
    private static final String BACKEND = "group.";
    /** Prefixes differ so that no target group's name can be this. */
    static final String NO_GROUP = "none";

    private HaproxyNames() {}

    static String frontend(int port) {
        return FRONTEND + port;
    }

    static OptionalInt port(String frontend) {
        return frontend.matches("listener\\.[0-9]{1,5}")
                ? OptionalInt.of(Integer.parseInt(frontend.substring(FRONTEND.length())))
                : OptionalInt.empty();
    }

    static String backend(String targetGroup) {
        return BACKEND + targetGroup;
    }

    static Optional<String> targetGroup(String backend) {
        return backend.startsWith(BACKEND) ? Optional.of(backend.substring(BACKEND.length())) : Optional.empty();
    }

    static String server(ServerName name) {
        return name.task().value() + "." + name.containerName() + "." + name.containerPort();
    }

    /** {@code BACKEND/SERVER}, as commands name it. */
    static String path(ServerName name) {
        return backend(name.targetGroup()) + "/" + server(name);
    }

    /** Empty when it is not one of ours. */
    static Optional<ServerName> parse(String backend, String server) {
        String[] parts = server.split("\\.", -1);
        if (parts.length != 3 || !parts[2].matches("[0-9]{1,5}")) return Optional.empty();
        try {
            return targetGroup(backend)
                    .map(group -> new ServerName(group, TaskId.of(parts[0]), parts[1], Integer.parseInt(parts[2])));
        } catch (Invalid notOurs) {
            return Optional.empty();
        }
    }

    static String address(String address, int port) {
        return address.contains(":") ? "[" + address + "]:" + port : address + ":" + port;
    }
}
