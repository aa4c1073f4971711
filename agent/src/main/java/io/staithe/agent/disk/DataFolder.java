package io.staithe.agent.disk;

import io.staithe.agent.task.Checkpoint;
import io.staithe.core.model.InstanceId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folder in which one agent keeps what outlives it. Locked as long as it is open. */
public final class DataFolder implements AutoCloseable {
    private static final int MAX_CHECKPOINT_BYTES = 64 << 20;
    private static final int MAX_IDENTITY_BYTES = 1024;
    private static final int MAX_ENDPOINT_BYTES = 1024;

    private final Path folder;
    private final FileChannel lock;
    private final AtomicFile checkpointFile;
    private final AtomicFile endpointFile;
    private final CheckpointCodec codec = new CheckpointCodec();
    private final Identity identity;
    private final Checkpoint restored;
    private final @Nullable String damage;

    /**
     * Makes it, or takes it up. A checkpoint that cannot be read counts as lost: the host begins a new incarnation.
     *
     * @throws IOException when it cannot be used: another agent has it, or its identity is damaged
     */
    public static DataFolder open(Path folder, SecureRandom random) throws IOException {
        return open(folder, null, random);
    }

    /**
     * The same for a host whose id was chosen by who started it.
     *
     * @param id absent: a new folder draws one
     * @throws IOException when it cannot be used, or is another host's
     */
    public static DataFolder open(Path folder, @Nullable InstanceId id, SecureRandom random) throws IOException {
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        FileChannel lock =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (!lock(lock)) throw new IOException("another agent works in " + folder);
            return new DataFolder(folder, lock, id, random);
        } catch (IOException unusable) {
            lock.close();
            throw unusable;
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            return held != null;
        } catch (OverlappingFileLockException mine) {
            return false;
        }
    }

    private DataFolder(Path folder, FileChannel lock, @Nullable InstanceId id, SecureRandom random) throws IOException {
        this.folder = folder;
        this.lock = lock;
        checkpointFile = new AtomicFile(folder.resolve("checkpoint"));
        endpointFile = new AtomicFile(folder.resolve("endpoint"));
        AtomicFile identityFile = new AtomicFile(folder.resolve("identity"));
        if (!identityFile.exists()) {
            restored = Checkpoint.FIRST;
            damage = null;
            identity = Identity.made(id, random);
            // In this order: an identity without a checkpoint means that one was lost.
            save(restored);
            identityFile.write(identity.written());
            return;
        }
        Identity known = Identity.read(identityFile.read(MAX_IDENTITY_BYTES));
        if (id != null && !id.equals(known.instance()))
            throw new IOException(folder + " is that of host " + known.instance());
        Loaded loaded = load();
        restored = loaded.checkpoint();
        damage = loaded.damage();
        identity = damage == null ? known : known.reborn();
        if (damage != null) identityFile.write(identity.written());
    }

    private record Loaded(Checkpoint checkpoint, @Nullable String damage) {}

    private Loaded load() {
        if (!checkpointFile.exists()) return new Loaded(Checkpoint.LOST, "there is none");
        try {
            return new Loaded(CheckpointCodec.decode(checkpointFile.read(MAX_CHECKPOINT_BYTES)), null);
        } catch (CheckpointCodec.Damaged | IOException unreadable) {
            return new Loaded(Checkpoint.LOST, String.valueOf(unreadable.getMessage()));
        }
    }

    public Identity identity() {
        return identity;
    }

    /** What was known when the folder was opened. */
    public Checkpoint restored() {
        return restored;
    }

    /** Why the checkpoint could not be read; empty when it could, or this is a new folder. */
    public Optional<String> damage() {
        return Optional.ofNullable(damage);
    }

    /** When this returns, the checkpoint is on the disk. For one thread. */
    public void save(Checkpoint checkpoint) throws IOException {
        checkpointFile.write(codec.encode(checkpoint));
    }

    /** As it was saved last; empty: never, or it cannot be read. */
    public Optional<EndpointMemory> endpoint() {
        try {
            return endpointFile.exists()
                    ? EndpointMemory.read(endpointFile.read(MAX_ENDPOINT_BYTES))
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    public void save(EndpointMemory endpoint) throws IOException {
        endpointFile.write(endpoint.written());
    }

    /** A folder inside, for somebody else to make and use. */
    public Path inside(String name) {
        return folder.toAbsolutePath().resolve(name);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
