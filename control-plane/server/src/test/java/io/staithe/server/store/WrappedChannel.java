package io.staithe.server.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import org.h2.store.fs.FileBase;

/** Passes on what MVStore asks of a file. */
class WrappedChannel extends FileBase {
    private final FileChannel base;

    WrappedChannel(FileChannel base) {
        this.base = base;
    }

    @Override
    public long size() throws IOException {
        return base.size();
    }

    @Override
    public long position() throws IOException {
        return base.position();
    }

    @Override
    public FileChannel position(long position) throws IOException {
        base.position(position);
        return this;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        return base.read(to);
    }

    @Override
    public synchronized int read(ByteBuffer to, long position) throws IOException {
        return base.read(to, position);
    }

    @Override
    public int write(ByteBuffer from) throws IOException {
        return base.write(from);
    }

    @Override
    public synchronized int write(ByteBuffer from, long position) throws IOException {
        return base.write(from, position);
    }

    @Override
    public FileChannel truncate(long size) throws IOException {
        base.truncate(size);
        return this;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        base.force(metaData);
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return base.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        base.close();
    }
}
