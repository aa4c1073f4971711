package io.staithe.loadbalancer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.staithe.core.assignment.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A HAProxy in a folder of its own, on free loopback ports, with backends in this JVM. */
final class HaproxyWorld implements TrafficWorld {
    private final Path folder;
    private final HaproxySettings settings;
    private final HaproxyProcess process;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<RealBackend> backends = new ArrayList<>();
    private final Map<Integer, ServerSocket> taken = new HashMap<>();
    private HaproxyProvider provider;

    HaproxyWorld() throws IOException {
        this(Path.of("/usr/sbin/haproxy"));
    }

    HaproxyWorld(Path binary) throws IOException {
        folder = Files.createTempDirectory("edge");
        settings = new HaproxySettings(folder, binary, null, "127.0.0.1");
        process = new HaproxyProcess(settings);
        provider = new HaproxyProvider(settings);
    }

    HaproxySettings settings() {
        return settings;
    }

    HaproxyProcess process() {
        return process;
    }

    @Override
    public TrafficProvider provider() {
        return provider;
    }

    @Override
    public void recreateProvider() throws IOException {
        provider = new HaproxyProvider(settings);
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void pass(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    @Override
    public int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void takePort(int port, boolean take) throws IOException {
        if (take) taken.put(port, new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        else taken.remove(port).close();
    }

    @Override
    public RealBackend backend(int task, String group) throws IOException {
        RealBackend backend = new RealBackend(task, group, threads);
        backends.add(backend);
        return backend;
    }

    @Override
    public Answer get(int port, String host, String pathAndQuery) throws IOException {
        return request(port, "GET", host, pathAndQuery);
    }

    /** One request on a connection of its own, with any bytes in it. */
    static Answer request(int port, String method, String host, String pathAndQuery) throws IOException {
        String response = raw(port, method, host, pathAndQuery);
        int end = response.indexOf("\r\n\r\n");
        if (end < 0) throw new IOException("no answer: " + response);
        return new Answer(Integer.parseInt(response.substring(9, 12)), response.substring(end + 4));
    }

    static String raw(int port, String method, String host, String pathAndQuery) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            String request =
                    "%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(method, pathAndQuery, host);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public boolean answers(int port) {
        try {
            return get(port, "x", "/").status() == 200;
        } catch (IOException nobodyListens) {
            return false;
        }
    }

    @Override
    public Pending begin(int port, Backend backend) throws Exception {
        RealBackend real = (RealBackend) backend;
        real.hold = new CountDownLatch(1);
        CountDownLatch arrived = new CountDownLatch(1);
        real.arrived = arrived;
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                answer.complete(get(port, "x", "/slow"));
            } catch (IOException e) {
                answer.completeExceptionally(e);
            }
        });
        if (!arrived.await(10, TimeUnit.SECONDS)) throw new IllegalStateException("the request did not arrive");
        return new Pending() {
            @Override
            public Answer finish() throws Exception {
                real.hold.countDown();
                return answer.get(10, TimeUnit.SECONDS);
            }

            @Override
            public void abandon() {
                real.hold.countDown();
            }
        };
    }

    /** HAProxy numbers its workers' generations itself; each load of a configuration is a new worker. */
    @Override
    public int loads() throws IOException {
        if (!process.isRunning()) return 0;
        String master = process.master()
                .ask("show proc")
                .lines()
                .filter(line -> line.contains("master"))
                .findFirst()
                .orElseThrow();
        return 1 + Integer.parseInt(master.strip().split("\\s+")[2]);
    }

    @Override
    public String identity() throws IOException {
        return process.workers().toString();
    }

    @Override
    public void crash(Victim victim) throws IOException {
        HaproxyWorkers workers = process.workers();
        kill(victim == Victim.MASTER ? workers.master() : workers.current());
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    }

    @Override
    public void close() throws IOException {
        backends.forEach(RealBackend::kill);
        provider.stop();
        for (ServerSocket socket : taken.values()) socket.close();
        threads.shutdownNow();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) Files.delete(file);
        }
        Files.delete(folder);
    }

    static final class RealBackend implements Backend {
        private final Target target;
        private final int number;
        private final HttpServer server;
        final AtomicInteger served = new AtomicInteger();
        private volatile boolean healthy = true;
        private volatile CountDownLatch hold = new CountDownLatch(0);
        private volatile CountDownLatch arrived = new CountDownLatch(0);

        RealBackend(int number, String group, ExecutorService threads) throws IOException {
            this.number = number;
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 128);
            server.createContext("/", this::answer);
            server.createContext("/health", exchange -> send(exchange, healthy ? 200 : 503));
            server.setExecutor(threads);
            server.start();
            target = Tables.target(
                    number, group, "127.0.0.1", server.getAddress().getPort());
        }

        private void answer(HttpExchange exchange) throws IOException {
            if (exchange.getRequestURI().getPath().equals("/slow")) {
                arrived.countDown();
                try {
                    hold.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            served.incrementAndGet();
            send(exchange, 200);
        }

        private void send(HttpExchange exchange, int status) throws IOException {
            byte[] body = String.valueOf(number).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        }

        @Override
        public Target target() {
            return target;
        }

        @Override
        public void healthy(boolean isHealthy) {
            healthy = isHealthy;
        }

        @Override
        public void kill() {
            server.stop(0);
        }
    }
}
