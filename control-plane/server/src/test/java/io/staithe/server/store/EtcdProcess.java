package io.staithe.server.store;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A member of a real etcd, the only one unless others are named, with what can happen to it. Ports are its own. */
final class EtcdProcess {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;
    private final int clientPort = freePort();
    private final int peerPort = freePort();
    private final String name;
    private final String host;
    private final @Nullable Certificates tls;
    private String cluster;
    private String data = "etcd";
    private Process process;

    /** One of one member, started. */
    EtcdProcess(Path folder) throws IOException, InterruptedException {
        this(folder, "one", "127.0.0.1", null);
        start();
    }

    /**
     * Not started yet.
     *
     * @param folder its own
     * @param host the name of this machine under which clients reach it
     * @param tls for its clients, who need a certificate too; absent: none
     */
    EtcdProcess(Path folder, String name, String host, @Nullable Certificates tls) {
        this.folder = folder;
        this.name = name;
        this.host = host;
        this.tls = tls;
        cluster = name + "=" + peer();
    }

    URI endpoint() {
        return URI.create((tls == null ? "http" : "https") + "://" + host + ":" + clientPort);
    }

    /** Makes it, before its first start, one of these. */
    void join(List<EtcdProcess> members) {
        cluster = members.stream()
                .map(member -> member.name + "=" + member.peer())
                .collect(joining(","));
    }

    private String address() {
        return host.equals("localhost") ? "127.0.0.1" : host;
    }

    private String peer() {
        return "http://127.0.0.1:" + peerPort;
    }

    /** Starts it, on the data that it had. */
    void start() throws IOException, InterruptedException {
        String listen = (tls == null ? "http" : "https") + "://" + address() + ":" + clientPort;
        List<String> command = new ArrayList<>(List.of(
                "etcd",
                "--name=" + name,
                "--data-dir=" + folder.resolve(data),
                "--listen-client-urls=" + listen,
                "--advertise-client-urls=" + endpoint(),
                "--listen-peer-urls=" + peer(),
                "--initial-advertise-peer-urls=" + peer(),
                "--initial-cluster=" + cluster,
                "--heartbeat-interval=50",
                "--election-timeout=500",
                "--log-level=error"));
        if (tls != null) command.addAll(tls.ofEtcd(host));
        process = new ProcessBuilder(command)
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

    boolean isAlive() {
        return process.isAlive();
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
                socket.connect(new InetSocketAddress(address(), clientPort), 1_000);
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
