package io.staithe.server.store;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real etcd of one member, with what can happen to it. Ports and folder are its own. */
final class EtcdProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final int clientPort = freePort();
    private final int peerPort = freePort();
    private String data = "etcd";
    private Process process;

    EtcdProcess(Path folder) throws IOException, InterruptedException {
        this.folder = folder;
        start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + clientPort);
    }

    /** Starts it, on the data that it had. */
    void start() throws IOException, InterruptedException {
        String client = endpoint().toString();
        String peer = "http://127.0.0.1:" + peerPort;
        process = new ProcessBuilder(
                        "etcd",
                        "--name=one",
                        "--data-dir=" + folder.resolve(data),
                        "--listen-client-urls=" + client,
                        "--advertise-client-urls=" + client,
                        "--listen-peer-urls=" + peer,
                        "--initial-advertise-peer-urls=" + peer,
                        "--initial-cluster=one=" + peer,
                        "--heartbeat-interval=50",
                        "--election-timeout=500",
                        "--log-level=error")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("etcd.log").toFile())
                .start();
        awaitPort();
    }

    /** Starts it with nothing: as restored from a copy that is older than everything. */
    void startEmpty() throws IOException, InterruptedException {
        data = "etcd-restored";
        start();
    }

    /** {@code kill -9}, and gone when this returns. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
            throw new IllegalStateException("etcd does not end");
    }

    /** SIGSTOP: its connections stay open and nobody answers. */
    void pause() throws IOException, InterruptedException {
        signal("-STOP");
    }

    void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (exit != 0) throw new IllegalStateException("kill " + signal + " failed");
    }

    /** A connection is refused at once, or waits in the backlog until etcd serves it: no sleep is needed between tries. */
    private void awaitPort() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (process.isAlive() && System.nanoTime() < deadline) {
            try (Socket socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), clientPort), 1_000);
                return;
            } catch (IOException refused) {
                if (process.waitFor(20, TimeUnit.MILLISECONDS)) break;
            }
        }
        throw new IllegalStateException("etcd does not start; see " + folder.resolve("etcd.log"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
