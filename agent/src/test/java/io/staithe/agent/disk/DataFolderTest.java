package io.staithe.agent.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.agent.task.Checkpoint;
import io.staithe.core.Sample;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.assignment.Item;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
    @TempDir
    Path parent;

    @Test
    void aNewFolderIsANewHost() throws IOException {
        try (DataFolder folder = open("a");
                DataFolder other = open("b")) {
            assertEquals(1, folder.identity().incarnation());
            assertEquals(Checkpoint.FIRST, folder.restored());
            assertFalse(folder.identity().instance().equals(other.identity().instance()));
            assertFalse(folder.identity().secret().equals(other.identity().secret()));
            assertFalse(folder.identity().toString().contains(folder.identity().secret()));
        }
    }

    @Test
    void everythingIsReadableByItsOwnerOnly() throws IOException {
        open("a").close();
        assertEquals("rwx------", permissions(parent.resolve("a")));
        assertEquals("rw-------", permissions(parent.resolve("a/identity")));
        assertEquals("rw-------", permissions(parent.resolve("a/checkpoint")));
    }

    @Test
    void theSameFolderIsTheSameHostWithItsMemory() throws IOException {
        Checkpoint checkpoint = checkpoint();
        Identity identity;
        try (DataFolder folder = open("a")) {
            identity = folder.identity();
            folder.save(checkpoint);
        }
        try (DataFolder folder = open("a")) {
            assertEquals(identity, folder.identity());
            assertEquals(checkpoint, folder.restored());
            assertTrue(folder.damage().isEmpty());
        }
    }

    @Test
    void twoAgentsDoNotShareAFolder() throws IOException {
        try (DataFolder folder = open("a")) {
            assertTrue(folder.damage().isEmpty());
            assertThrows(IOException.class, () -> open("a"));
        }
    }

    @Test
    void everyBitCounts() throws IOException {
        try (DataFolder folder = open("a")) {
            folder.save(checkpoint());
        }
        Path file = parent.resolve("a/checkpoint");
        byte[] whole = Files.readAllBytes(file);
        long incarnation = 1;
        for (int at = 0; at < whole.length; at += Math.max(1, whole.length / 50)) {
            byte[] bent = whole.clone();
            bent[at] ^= 4;
            assertLost(file, bent, ++incarnation);
            assertLost(file, java.util.Arrays.copyOf(whole, at), ++incarnation);
        }
    }

    private void assertLost(Path file, byte[] content, long incarnation) throws IOException {
        Files.write(file, content);
        try (DataFolder folder = open("a")) {
            assertEquals(Checkpoint.LOST, folder.restored());
            assertTrue(folder.damage().isPresent());
            assertEquals(incarnation, folder.identity().incarnation());
        }
    }

    @Test
    void aMissingCheckpointIsALostOne() throws IOException {
        open("a").close();
        Files.delete(parent.resolve("a/checkpoint"));
        try (DataFolder folder = open("a")) {
            assertEquals(Checkpoint.LOST, folder.restored());
            assertEquals(2, folder.identity().incarnation());
        }
    }

    @Test
    void aDamagedIdentityIsNotGuessed() throws IOException {
        open("a").close();
        Files.writeString(parent.resolve("a/identity"), "instance me\n");
        assertThrows(IOException.class, () -> open("a"));
    }

    @Test
    void aHostMayBeGivenItsId() throws IOException {
        InstanceId id = InstanceId.of("0123456789abcdef0123456789abcdef");
        try (DataFolder folder = DataFolder.open(parent.resolve("given"), id, new SecureRandom())) {
            assertEquals(id, folder.identity().instance());
        }
        open("given").close();
        InstanceId other = InstanceId.of("f".repeat(32));
        IOException refused = assertThrows(
                IOException.class, () -> DataFolder.open(parent.resolve("given"), other, new SecureRandom()));
        assertTrue(String.valueOf(refused.getMessage()).endsWith("is that of host " + id), refused.getMessage());
    }

    private DataFolder open(String name) throws IOException {
        return DataFolder.open(parent.resolve(name), new SecureRandom());
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static Checkpoint checkpoint() {
        Sample sample = new Sample(5);
        AssignedTask task = sample.of(AssignedTask.class);
        return new Checkpoint(
                true,
                "epoch",
                Instant.ofEpochSecond(5, 7),
                Assignment.of(List.of(new Item.RunTask(task))),
                List.of(new Checkpoint.SavedTask(task, true, sample.of(TaskReport.class), Set.of("b", "a"))),
                List.of(TaskId.of("c".repeat(32))),
                Map.of("sha256:1", Instant.ofEpochSecond(9)));
    }
}
