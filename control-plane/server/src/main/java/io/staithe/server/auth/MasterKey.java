package io.staithe.server.auth;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that seals the secrets of access keys: 32 random bytes in a file that only its owner may read. Every replica needs
 * the same file; who loses it has to make new access keys.
 */
public final class MasterKey {
    static final int BYTES = 32;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private MasterKey() {}

    /**
     * The key in {@code file}, which is made when it is missing.
     *
     * @throws IOException when the file cannot be read or written, is not 32 bytes long, or others may read it
     */
    public static SecretKey open(Path file, SecureRandom random) throws IOException {
        if (Files.notExists(file)) create(file, random);
        return read(file);
    }

    private static SecretKey read(Path file) throws IOException {
        var others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
        others.removeAll(OWNER_ONLY);
        if (!others.isEmpty())
            throw new IOException(file + ": the master key must be readable by its owner only: chmod 600");
        if (Files.size(file) != BYTES) throw new IOException(file + ": a master key is " + BYTES + " bytes long");
        return new SecretKeySpec(Files.readAllBytes(file), "AES");
    }

    /** Written aside and linked into place, so that a crash leaves no half a key and a second process no other one. */
    private static void create(Path file, SecureRandom random) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        Path aside =
                Files.createTempFile(folder, ".master-key", null, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        try {
            try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(key));
                channel.force(true);
            }
            Files.createLink(file, aside);
        } catch (FileAlreadyExistsException e) {
            // Another process was first: its key is the one.
        } finally {
            Files.delete(aside);
        }
    }
}
