package io.staithe.server.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A TCP connection to a server that can swallow what the server answers. */
final class FaultyLink implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final URI server;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile boolean muted;

    FaultyLink(URI server) throws IOException {
        this.server = server;
        start("link", this::acceptForEver);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /** Requests still arrive; no answer comes back, on old and on new connections. */
    void muteAnswers() {
        muted = true;
    }

    /** Answers come back again; connections on which some are missing are cut. */
    void heal() throws IOException {
        muted = false;
        cut();
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }

    private void cut() throws IOException {
        for (Socket socket : open) socket.close();
        open.clear();
    }

    private void acceptForEver() throws IOException {
        while (true) {
            Socket client = door.accept();
            Socket etcd = new Socket(server.getHost(), server.getPort());
            open.add(client);
            open.add(etcd);
            start("requests", () -> copy(client, etcd, false));
            start("answers", () -> copy(etcd, client, true));
        }
    }

    private void copy(Socket from, Socket to, boolean answers) throws IOException {
        byte[] buffer = new byte[1 << 14];
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer))
            if (!answers || !muted) out.write(buffer, 0, read);
    }

    private interface Work {
        void run() throws IOException;
    }

    /** A socket that is closed ends its threads. */
    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }
}
