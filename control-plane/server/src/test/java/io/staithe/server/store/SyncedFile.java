package io.staithe.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** Files that remember what they held when they were last synced: all that a power failure leaves for sure. */
public final class SyncedFile extends FilePathWrapper {
    static final String SCHEME = "synced";

    private static volatile byte[] synced = {};

    static void register() {
        FilePath.register(new SyncedFile());
    }

    /** Writes that image to a file. */
    static Path lastSynced(Path file) throws IOException {
        return Files.write(file, synced);
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new WrappedChannel(super.open(mode)) {
            @Override
            public void force(boolean metaData) throws IOException {
                super.force(metaData);
                ByteBuffer image = ByteBuffer.allocate(Math.toIntExact(size()));
                for (int read = 0; read >= 0 && image.hasRemaining(); ) read = read(image, image.position());
                synced = image.array();
            }
        };
    }
}
