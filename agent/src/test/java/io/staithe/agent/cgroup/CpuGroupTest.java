package io.staithe.agent.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CpuGroupTest {
    @TempDir
    private Path mount;

    private Path version1;

    @BeforeEach
    void mount() {
        version1 = mount.resolve("cpu");
    }

    @Test
    void weighsAsManyThreads() throws IOException {
        Files.createDirectories(version1);
        assertEquals(Optional.of(version1.resolve("edge")), CpuGroup.make(mount, "edge", 16));
        assertEquals("16384", Files.readString(version1.resolve("edge/cpu.shares")));
    }

    @Test
    void isWeighedAnew() throws IOException {
        Files.createDirectories(version1);
        CpuGroup.make(mount, "edge", 16);
        CpuGroup.make(mount, "edge", 8);
        assertEquals("8192", Files.readString(version1.resolve("edge/cpu.shares")));
    }

    @Test
    void weighsInTheUnitsOfVersion2() throws IOException {
        Files.createFile(mount.resolve("cgroup.controllers"));
        assertEquals(Optional.of(mount.resolve("edge")), CpuGroup.make(mount, "edge", 32));
        assertEquals("3200", Files.readString(mount.resolve("edge/cpu.weight")));
        assertEquals("+cpu +memory +pids", Files.readString(mount.resolve("cgroup.subtree_control")));
    }

    @Test
    void asksForNoMoreThanTheKernelTakes() throws IOException {
        Files.createDirectories(version1);
        CpuGroup.make(mount, "edge", 1000);
        assertEquals("262144", Files.readString(version1.resolve("edge/cpu.shares")));
    }

    @Test
    void isNotMadeWhereThereAreNone() throws IOException {
        assertEquals(Optional.empty(), CpuGroup.make(mount, "edge", 1));
    }
}
