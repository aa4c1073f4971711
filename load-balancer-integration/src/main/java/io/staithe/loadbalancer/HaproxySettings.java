package io.staithe.loadbalancer;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where an edge's HAProxy lives.
 *
 * @param folder for its configuration, sockets, state and log, made when absent, readable by its owner only. A later
 *     provider with the same folder finds the running proxy again. Its path is short enough for Unix sockets
 * @param binary the program: HAProxy 2.6 or later
 * @param controlGroup the folder of the kernel's control group in which it is to run; absent: that of its agent
 * @param bindAddress on which listeners listen: {@code *} for all of the host's addresses, or one IP address
 */
public record HaproxySettings(
        Path folder, Path binary, @Nullable Path controlGroup, String bindAddress) {
    /** Linux: a Unix socket's path has at most 107 bytes; HAProxy binds under a temporary suffix first. */
    private static final int MAX_FOLDER_BYTES = 80;

    public HaproxySettings {
        folder = folder.toAbsolutePath().normalize();
        if (!folder.toString().matches("[a-zA-Z0-9/._-]+") || folder.toString().length() > MAX_FOLDER_BYTES)
            throw new IllegalArgumentException(
                    "folder: must be at most " + MAX_FOLDER_BYTES + " letters, digits and /._-: " + folder);
        if (!bindAddress.matches("\\*|[0-9.]+|[0-9a-fA-F:]+"))
            throw new IllegalArgumentException("bindAddress: must be * or an IP address: " + bindAddress);
    }

    /** Debian's HAProxy on all addresses. */
    public static HaproxySettings in(Path folder) {
        return new HaproxySettings(folder, Path.of("/usr/sbin/haproxy"), null, "*");
    }

    Path configuration() {
        return folder.resolve("haproxy.cfg");
    }

    Path candidate() {
        return folder.resolve("haproxy.cfg.new");
    }

    /** The last configuration that was loaded. */
    Path lastGood() {
        return folder.resolve("haproxy.cfg.good");
    }

    Path states() {
        return folder.resolve("servers.state");
    }

    /** How actions with several target groups divide their requests. */
    Path splits() {
        return folder.resolve("splits.map");
    }

    Path runtimeSocket() {
        return folder.resolve("runtime.sock");
    }

    Path masterSocket() {
        return folder.resolve("master.sock");
    }

    Path log() {
        return folder.resolve("haproxy.log");
    }
}
