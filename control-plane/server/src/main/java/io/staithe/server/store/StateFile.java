package io.staithe.server.store;

import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Versioned;
import io.staithe.core.store.EntityCodec;
import io.staithe.core.store.StoreUnavailable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.MVStoreTool;
import org.jspecify.annotations.Nullable;

/**
 * The state in one file: an H2 MVStore, a log-structured tree that is never half written. What {@link #write} returned
 * from is on the disk. Not thread-safe: one thread writes.
 */
final class StateFile implements AutoCloseable {
    /** One object to keep at the commit's revision, or, with no content, to forget. Nobody compares two of them. */
    @SuppressWarnings("ArrayRecordComponent")
    record Write(Key key, byte @Nullable [] content) {}

    /** Writes that are kept together or not at all. */
    record Commit(long revision, List<Write> writes) {}

    private static final String REVISION = "revision";
    /** Dead space is used again after this; short, because every write is synced before the next one. */
    private static final int RETENTION_MILLIS = 1_000;
    /** Pages are moved together when less than this share of the file is alive. */
    private static final int LIVE_PERCENT = 50;

    private static final int COMPACT_EVERY_WRITES = 200;
    private static final int COMPACT_AT_ONCE_BYTES = 4 << 20;
    /** A larger file is copied into a small one at opening. */
    private static final long SHRINK_FROM_BYTES = 4 << 20;

    private static final int CACHE_MIB = 4;

    private final MVStore file;
    private final MVMap<String, byte[]> objects;
    private final MVMap<String, Long> numbers;
    private int writes;

    /** @throws StoreUnavailable when another process has the file open, or it cannot be read */
    static StateFile open(String fileName) {
        try {
            shrink(fileName);
            return new StateFile(fileName);
        } catch (IOException e) {
            throw new StoreUnavailable("cannot open " + fileName + ": " + e.getMessage(), e);
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED)
                throw new StoreUnavailable(
                        fileName + " is in use by another control plane; only one can run on a data folder", e);
            throw new StoreUnavailable("cannot open " + fileName + ": " + e.getMessage(), e);
        }
    }

    /**
     * Copies what is alive into a new file that takes the old one's place; one that was interrupted is finished or undone.
     * Moving chunks within the file instead (compactFile) fails H2's own assertions at times.
     */
    private static void shrink(String fileName) throws IOException {
        MVStoreTool.compactCleanUp(fileName);
        Path path = Path.of(fileName);
        if (Files.exists(path) && Files.size(path) > SHRINK_FROM_BYTES) MVStoreTool.compact(fileName, false);
    }

    private StateFile(String fileName) {
        // Both switches: a commit by timer or by buffer size could fall between two writes of one plan.
        file = new MVStore.Builder()
                .fileName(fileName)
                .autoCommitDisabled()
                .autoCommitBufferSize(0)
                .cacheSize(CACHE_MIB)
                .open();
        file.setVersionsToKeep(0);
        file.setRetentionTime(RETENTION_MILLIS);
        objects = file.openMap("objects");
        numbers = file.openMap("numbers");
    }

    /** @throws IllegalStateException when an object was written by a newer program, or is damaged */
    ClusterState load(EntityCodec codec) {
        List<Versioned<?>> all = new ArrayList<>(objects.size());
        objects.forEach((path, stored) -> all.add(decode(path, stored, codec)));
        return ClusterState.of(numbers.getOrDefault(REVISION, 0L), all);
    }

    /** Keeps all of it, durably, with one sync. */
    void write(List<Commit> commits) {
        for (Commit commit : commits) {
            for (Write write : commit.writes()) {
                if (write.content() == null) objects.remove(write.key().path());
                else objects.put(write.key().path(), encode(commit.revision(), write.content()));
            }
            numbers.put(REVISION, commit.revision());
        }
        if (++writes % COMPACT_EVERY_WRITES == 0) file.compact(LIVE_PERCENT, COMPACT_AT_ONCE_BYTES);
        file.commit();
        file.sync();
    }

    @Override
    public void close() {
        file.close();
    }

    /** Ends at once, without tidying up: for a file that failed. */
    void abandon() {
        file.closeImmediately();
    }

    private static byte[] encode(long revision, byte[] content) {
        return ByteBuffer.allocate(Long.BYTES + content.length)
                .putLong(revision)
                .put(content)
                .array();
    }

    private static Versioned<Entity> decode(String path, byte[] stored, EntityCodec codec) {
        Key key = KeyPath.parse(path);
        long revision = ByteBuffer.wrap(stored).getLong();
        return new Versioned<>(
                codec.decode(key.kind(), Arrays.copyOfRange(stored, Long.BYTES, stored.length)), revision);
    }
}
