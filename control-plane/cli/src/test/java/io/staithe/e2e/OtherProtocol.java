package io.staithe.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between an agent and the gateway, and makes the agent say that it speaks protocol 2: in the bytes of its Hello the
 * first field is 1, the protocol's version, and the second the agent's own.
 */
final class OtherProtocol implements AutoCloseable {
    private static final String OURS = "\u0008\u0001\u0012";
    private static final String OTHER = "\u0008\u0002\u0012";

    private final ServerSocket listening = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
    private final AtomicInteger connections = new AtomicInteger();
    private final String host;
    private final int port;

    /** @param gateway {@code HOST:PORT} */
    OtherProtocol(String gateway) throws IOException {
        host = gateway.substring(0, gateway.lastIndexOf(':'));
        port = Integer.parseInt(gateway.substring(gateway.lastIndexOf(':') + 1));
        start(this::accept);
    }

    String address() {
        return "127.0.0.1:" + listening.getLocalPort();
    }

    /** How often the agent came. */
    int connections() {
        return connections.get();
    }

    private void accept() throws IOException {
        while (true) {
            Socket agent = listening.accept();
            Socket gateway = new Socket(host, port);
            connections.incrementAndGet();
            start(() -> copy(agent, gateway, true));
            start(() -> copy(gateway, agent, false));
        }
    }

    private static void copy(Socket from, Socket to, boolean changed) throws IOException {
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                String bytes = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
                String sent = changed ? bytes.replace(OURS, OTHER) : bytes;
                out.write(sent.getBytes(StandardCharsets.ISO_8859_1));
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // One of the two has hung up, or the test is over.
                        Thread.currentThread().interrupt();
                    }
                },
                "other-protocol");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
