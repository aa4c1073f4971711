package io.staithe.capacity.provider.local;

import io.staithe.core.model.Resources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A control group that bounds all containers of a host together, whatever each of them may have. Docker puts them in there; what
 * the group may have is written here. Version 1 of the kernel's control groups and version 2 are known, with Docker's cgroupfs
 * driver.
 */
final class Slice {
    private static final String PARENT = "staithe";
    private static final long MIB = 1L << 20;
    /** Memory beside that of tasks: of the processes that hold their networks. */
    private static final int OVERHEAD_MIB = 32;

    private static final int PERIOD_MICROS = 100_000;

    private final Path mount;
    private final String name;

    /** @param host the container instance id */
    Slice(Path mount, String host) {
        this.mount = mount;
        this.name = PARENT + "/" + host;
    }

    /** As Docker is told: {@code /staithe/ID}. */
    String parent() {
        return "/" + name;
    }

    /** Makes it, or changes what it may have. */
    void bound(Resources offered) throws IOException {
        long memory = (offered.memory() + OVERHEAD_MIB) * MIB;
        long quota = Math.max(1000, (long) offered.cpu() * PERIOD_MICROS / 1024);
        if (isVersion2()) {
            Path parent = Files.createDirectories(mount.resolve(PARENT));
            delegate(mount);
            delegate(parent);
            Path folder = Files.createDirectories(mount.resolve(name));
            delegate(folder);
            write(folder, "memory.max", Long.toString(memory));
            write(folder, "cpu.max", quota + " " + PERIOD_MICROS);
            return;
        }
        Path cpu = Files.createDirectories(mount.resolve("cpu").resolve(name));
        write(cpu, "cpu.cfs_period_us", Integer.toString(PERIOD_MICROS));
        write(cpu, "cpu.cfs_quota_us", Long.toString(quota));
        Path of = Files.createDirectories(mount.resolve("memory").resolve(name));
        write(of, "memory.limit_in_bytes", Long.toString(memory));
    }

    /** Once its containers are gone. What somebody still uses stays: the kernel refuses, and it is tried at the next end. */
    void remove() throws IOException {
        for (Path folder : folders()) {
            try (var below = Files.walk(folder)) {
                // The deepest first. Files in there are the kernel's, and go with their folder.
                for (Path each : below.filter(Files::isDirectory)
                        .sorted(Comparator.reverseOrder())
                        .toList()) Files.deleteIfExists(each);
            }
        }
    }

    private List<Path> folders() throws IOException {
        if (isVersion2()) return existing(mount.resolve(name));
        List<Path> folders = new ArrayList<>();
        try (var controllers = Files.list(mount)) {
            controllers.forEach(controller -> folders.addAll(existing(controller.resolve(name))));
        }
        return folders;
    }

    private static List<Path> existing(Path folder) {
        return Files.isDirectory(folder) ? List.of(folder) : List.of();
    }

    private boolean isVersion2() {
        return Files.exists(mount.resolve("cgroup.controllers"));
    }

    /** Version 2 gives controllers to groups below only where it is told to. */
    private static void delegate(Path folder) throws IOException {
        write(folder, "cgroup.subtree_control", "+cpu +memory +pids");
    }

    private static void write(Path folder, String file, String value) throws IOException {
        Files.writeString(folder.resolve(file), value);
    }

    /** The usual place; absent when there is none that we may write to. */
    static @Nullable Path mount() {
        Path usual = Path.of("/sys/fs/cgroup");
        Path probe = Files.exists(usual.resolve("cgroup.controllers")) ? usual : usual.resolve("memory");
        return Files.isWritable(probe) ? usual : null;
    }
}
