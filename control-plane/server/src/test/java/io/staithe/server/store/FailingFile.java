package io.staithe.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/** Files of a disk that can be full. */
public final class FailingFile extends FilePathWrapper {
    static final String SCHEME = "failing";

    static volatile boolean failing;

    static void register() {
        FilePath.register(new FailingFile());
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new WrappedChannel(super.open(mode)) {
            @Override
            public synchronized int write(ByteBuffer from, long position) throws IOException {
                if (failing) throw new IOException("no space left on device");
                return super.write(from, position);
            }
        };
    }
}
