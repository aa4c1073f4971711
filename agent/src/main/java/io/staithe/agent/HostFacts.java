package io.staithe.agent;

import io.staithe.agent.container.RuntimeInfo;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Resources;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a host is and offers, where the command line does not say. */
final class HostFacts {
    /** For the operating system, the engine and the agent. */
    private static final int RESERVED_MEMORY_MIB = 256;

    /** ECS reserves 22, 2375 and 2376 (and its agent's own ports, which this agent does not have). */
    private static final Set<Integer> RESERVED_PORTS = Set.of(22, 2375, 2376);

    private static final int CPU_UNITS_PER_CORE = 1024;

    private HostFacts() {}

    /**
     * @param cpu CPU units to offer; absent: all
     * @param memoryMib absent: all but what the host itself needs
     * @throws IllegalArgumentException naming the option that no host can mean
     */
    static Resources resources(
            RuntimeInfo runtime,
            @Nullable Integer cpu,
            @Nullable Integer memoryMib,
            int gpus,
            Map<String, Integer> others) {
        if (gpus < 0) throw new IllegalArgumentException("--gpus must be at least 0");
        others.forEach(HostFacts::checkResource);
        int allMemoryMib = (int) Math.min(runtime.memoryMib(), Integer.MAX_VALUE);
        return new Resources(
                cpu == null ? runtime.cpus() * CPU_UNITS_PER_CORE : cpu,
                memoryMib == null ? Math.max(0, allMemoryMib - RESERVED_MEMORY_MIB) : memoryMib,
                gpus,
                others);
    }

    private static void checkResource(String name, int count) {
        try {
            Resources.checkName(name, "--resource " + name);
        } catch (Invalid invalid) {
            throw new IllegalArgumentException(invalid.getMessage(), invalid);
        }
        if (count < 1) throw new IllegalArgumentException("--resource " + name + ": must be at least 1");
    }

    /** The host's own name. */
    static String name() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
    }

    /** The address under which this host speaks to the control plane; nothing is sent to find it out. */
    static String addressTowards(String host, int port) throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(host, port));
            return socket.getLocalAddress().getHostAddress();
        }
    }

    static List<HostPort> reservedPorts(List<Integer> more) {
        Set<Integer> ports = new TreeSet<>(RESERVED_PORTS);
        ports.addAll(more);
        List<HostPort> reserved = new ArrayList<>();
        for (int port : ports) reserved.add(new HostPort("tcp", port));
        return reserved;
    }

    /** ECS's built-in attributes, and the given ones, which win. */
    static List<Attribute> attributes(RuntimeInfo runtime, Map<String, String> given) {
        Map<String, String> all = new TreeMap<>();
        all.put("ecs.os-type", "linux");
        all.put("ecs.cpu-architecture", runtime.architecture().toLowerCase(Locale.ROOT));
        all.putAll(given);
        return all.entrySet().stream()
                .map(attribute -> new Attribute(attribute.getKey(), attribute.getValue()))
                .toList();
    }
}
