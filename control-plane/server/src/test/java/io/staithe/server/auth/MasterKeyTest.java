package io.staithe.server.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MasterKeyTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path folder;

    private final SecureRandom random = new SecureRandom();

    @Test
    void isMadeOnceForItsOwnerOnly() throws IOException {
        Path file = folder.resolve("state/master.key");
        SecretKey made = MasterKey.open(file, random);
        assertEquals(32, made.getEncoded().length);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals(made, MasterKey.open(file, random));
        try (var files = Files.list(file.resolveSibling("."))) {
            assertEquals(1, files.count(), "nothing but the key is left behind");
        }
    }

    @Test
    void isTheSameForAllWhoMakeItAtOnce() throws InterruptedException, ExecutionException, TimeoutException {
        Path file = folder.resolve("master.key");
        var start = new CountDownLatch(1);
        var futures = new HashSet<CompletableFuture<SecretKey>>();
        for (int i = 0; i < 8; i++) futures.add(CompletableFuture.supplyAsync(() -> afterwards(start, file)));
        start.countDown();
        Set<SecretKey> keys = new HashSet<>();
        for (var future : futures) keys.add(future.get(30, TimeUnit.SECONDS));
        assertEquals(1, keys.size());
    }

    @Test
    void isRefusedWhenOthersMayReadIt() throws IOException {
        Path file = folder.resolve("master.key");
        MasterKey.open(file, random);
        for (String permissions : Set.of("rw-r-----", "rw----r--", "rwx------")) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
            var e = assertThrows(IOException.class, () -> MasterKey.open(file, random));
            assertTrue(String.valueOf(e.getMessage()).contains("chmod 600"), e.getMessage());
        }
    }

    @Test
    void isRefusedWhenItHasAnotherLength() throws IOException {
        Path file = folder.resolve("master.key");
        MasterKey.open(file, random);
        Files.write(file, new byte[31]);
        var e = assertThrows(IOException.class, () -> MasterKey.open(file, random));
        assertFalse(String.valueOf(e.getMessage()).isEmpty());
    }

    private SecretKey afterwards(CountDownLatch start, Path file) {
        try {
            start.await();
            return MasterKey.open(file, random);
        } catch (InterruptedException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
