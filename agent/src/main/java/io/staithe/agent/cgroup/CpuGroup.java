package io.staithe.agent.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A control group at the top of its tree, with a weight for the processor. Beside it weighs each thread that is in no group. The
 * kernel's control groups of version 1 and of version 2.
 */
public final class CpuGroup {
    public static final Path MOUNT = Path.of("/sys/fs/cgroup");

    private static final int MAX_SHARES = 262_144;
    private static final int MAX_WEIGHT = 10_000;

    private CpuGroup() {}

    /**
     * Makes the group, or weighs it anew.
     *
     * @param threads how many threads outside weigh as much, from 1 on; at most 256 (version 1) or 100 (version 2) are heeded
     * @return its folder; absent where there are no control groups or we may not make any
     * @throws IOException when the kernel refuses what it should take
     */
    public static Optional<Path> make(Path mount, String name, int threads) throws IOException {
        boolean version2 = Files.exists(mount.resolve("cgroup.controllers"));
        Path top = version2 ? mount : mount.resolve("cpu");
        if (!Files.isWritable(top)) return Optional.empty();
        // A group has only the controllers that the one above gives it.
        if (version2) Files.writeString(top.resolve("cgroup.subtree_control"), "+cpu +memory +pids");
        Path group = Files.createDirectories(top.resolve(name));
        if (version2)
            Files.writeString(group.resolve("cpu.weight"), Integer.toString(Math.min(MAX_WEIGHT, 100 * threads)));
        else Files.writeString(group.resolve("cpu.shares"), Integer.toString(Math.min(MAX_SHARES, 1024 * threads)));
        return Optional.of(group);
    }
}
