package io.staithe.loadbalancer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * One of HAProxy's command sockets. Each call is a connection: all commands are written, the answers come until HAProxy
 * closes. Bounded in time and in size.
 *
 * @param deadline for one call
 */
record HaproxySocket(Path path, Duration deadline) {
    /** Ten thousand servers' statistics have about half of that. */
    static final int MAX_ANSWER_BYTES = 16 << 20;

    /** HAProxy takes a line of commands as long as one of its buffers, 16 KiB. */
    static final int MAX_COMMAND_BYTES = 16_000;

    /**
     * The answers to the commands, one after the other, each ended by an empty line.
     *
     * @throws IOException nobody listens, no full answer within the deadline, or a too large one
     */
    String ask(List<String> commands) throws IOException {
        byte[] line = (String.join(";", commands) + "\n").getBytes(StandardCharsets.UTF_8);
        if (line.length > MAX_COMMAND_BYTES) throw new IOException("more than " + MAX_COMMAND_BYTES + " bytes to ask");
        long end = System.nanoTime() + deadline.toNanos();
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
                Selector selector = Selector.open()) {
            channel.configureBlocking(false);
            SelectionKey key = channel.register(selector, SelectionKey.OP_CONNECT);
            boolean connected = channel.connect(UnixDomainSocketAddress.of(path));
            while (!connected) {
                await(selector, end);
                connected = channel.finishConnect();
            }
            write(channel, key, ByteBuffer.wrap(line), end);
            return read(channel, key, end);
        }
    }

    /** Whether anybody takes connections; whether it would answer is not asked. */
    boolean isListening() {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return channel.isConnected();
        } catch (IOException nobody) {
            return false;
        }
    }

    String ask(String command) throws IOException {
        return ask(List.of(command));
    }

    private void write(SocketChannel channel, SelectionKey key, ByteBuffer line, long end) throws IOException {
        key.interestOps(SelectionKey.OP_WRITE);
        while (line.hasRemaining()) {
            if (channel.write(line) == 0) await(key.selector(), end);
        }
        channel.shutdownOutput();
    }

    private String read(SocketChannel channel, SelectionKey key, long end) throws IOException {
        key.interestOps(SelectionKey.OP_READ);
        ByteArrayOutputStream answer = new ByteArrayOutputStream(16 << 10);
        ByteBuffer buffer = ByteBuffer.allocate(64 << 10);
        for (int count = channel.read(buffer); count >= 0; count = channel.read(buffer)) {
            if (count == 0) await(key.selector(), end);
            if (answer.size() + count > MAX_ANSWER_BYTES)
                throw new IOException(path.getFileName() + " answers more than " + MAX_ANSWER_BYTES + " bytes");
            answer.write(buffer.array(), 0, count);
            buffer.clear();
        }
        return answer.toString(StandardCharsets.UTF_8);
    }

    private void await(Selector selector, long end) throws IOException {
        long millis = (end - System.nanoTime()) / 1_000_000;
        if (millis > 0) selector.select(millis);
        selector.selectedKeys().clear();
        if (Thread.currentThread().isInterrupted()) throw new IOException("interrupted");
        if (System.nanoTime() >= end)
            throw new IOException(path.getFileName() + " did not answer within " + deadline.toMillis() + " ms");
    }
}
