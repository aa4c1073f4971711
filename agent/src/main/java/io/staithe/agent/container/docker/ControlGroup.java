package io.staithe.agent.container.docker;

import com.github.dockerjava.api.model.Info;
import io.staithe.agent.cgroup.CpuGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The control group that holds the containers of all hosts on this machine, with a weight for the processor. Docker's own group
 * weighs as much as one thread outside of it, however many containers it has: while Docker starts some, those that are there
 * would hardly run. Kubernetes gives its pods' group a weight by the machine's processors for the same reason.
 */
final class ControlGroup {
    private static final String NAME = "staithe";
    /**
     * While as many threads for each processor want to run outside, containers have half of the machine, and what starts and
     * stops them, and reports that this host is there, has the other half.
     */
    private static final int THREADS_PER_CPU = 8;

    private final Path mount;
    private final @Nullable String given;
    private boolean isMade;
    private @Nullable String name;

    /** @param given what the agent was told; a group below ours is weighed with ours, any other is its owner's */
    ControlGroup(Path mount, @Nullable String given) {
        this.mount = mount;
        this.given = given;
    }

    /**
     * The group to name to Docker as the parent of every container; it is made when this is asked first.
     *
     * @return absent: Docker's own, as systemd looks after groups here, or we may not write to them
     * @throws UncheckedIOException when the kernel refuses what it should take
     */
    synchronized Optional<String> parent(Supplier<Info> engine) {
        if (!isMade) {
            name = given == null || given.startsWith("/" + NAME + "/") ? made(engine.get()) : given;
            isMade = true;
        }
        return Optional.ofNullable(name);
    }

    private @Nullable String made(Info engine) {
        if (!"cgroupfs".equals(engine.getCGroupDriver())) return given;
        try {
            int threads = THREADS_PER_CPU * Objects.requireNonNull(engine.getNCPU());
            boolean made = CpuGroup.make(mount, NAME, threads).isPresent();
            return given != null || !made ? given : "/" + NAME;
        } catch (IOException refused) {
            throw new UncheckedIOException("the control group " + NAME, refused);
        }
    }
}
