package io.staithe.agent.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Every request goes through the edge's proxy, also while containers start: it comes before them, and before all else. */
public final class EdgeGroup {
    private static final String NAME = "staithe-edge";
    /** Four times what containers weigh together. */
    private static final int THREADS_PER_CPU = 32;

    private static final Path SYSTEMD = Path.of("/run/systemd/system");

    private EdgeGroup() {}

    /**
     * @return the folder of the group; absent where systemd looks after groups (its unit's {@code CPUWeight} does the same), or
     *     where we may not make any
     * @throws IOException when the kernel refuses what it should take
     */
    public static Optional<Path> make() throws IOException {
        if (Files.exists(SYSTEMD)) return Optional.empty();
        int threads = THREADS_PER_CPU * Runtime.getRuntime().availableProcessors();
        return CpuGroup.make(CpuGroup.MOUNT, NAME, threads);
    }
}
