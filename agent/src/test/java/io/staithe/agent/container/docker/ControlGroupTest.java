package io.staithe.agent.container.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.github.dockerjava.api.model.Info;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ControlGroupTest {
    @TempDir
    private Path mount;

    @Test
    void weighsAsManyThreadsAsTheMachineHasProcessorsEightTimes() throws IOException {
        Files.createDirectories(mount.resolve("cpu"));
        assertEquals(Optional.of("/staithe"), parent(null, "cgroupfs", 2));
        assertEquals("16384", Files.readString(mount.resolve("cpu/staithe/cpu.shares")));
    }

    @Test
    void aGroupBelowOursIsWeighedWithOurs() throws IOException {
        Files.createDirectories(mount.resolve("cpu"));
        assertEquals(Optional.of("/staithe/one"), parent("/staithe/one", "cgroupfs", 1));
        assertEquals("8192", Files.readString(mount.resolve("cpu/staithe/cpu.shares")));
    }

    @Test
    void anyOtherIsItsOwners() throws IOException {
        Files.createDirectories(mount.resolve("cpu"));
        assertEquals(Optional.of("/theirs"), parent("/theirs", "cgroupfs", 1));
        assertFalse(Files.exists(mount.resolve("cpu/staithe")));
    }

    @Test
    void leavesSystemdsGroupsAlone() throws IOException {
        Files.createDirectories(mount.resolve("cpu"));
        assertEquals(Optional.empty(), parent(null, "systemd", 1));
    }

    @Test
    void doesWithoutWhereThereAreNone() {
        assertEquals(Optional.empty(), parent(null, "cgroupfs", 1));
    }

    private Optional<String> parent(@Nullable String given, String driver, int cpus) {
        Info engine = new Info().withCGroupDriver(driver).withNCPU(cpus);
        return new ControlGroup(mount, given).parent(() -> engine);
    }
}
