package io.staithe.loadbalancer;

import static io.staithe.loadbalancer.Tables.group;
import static io.staithe.loadbalancer.Tables.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.assignment.Target;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.TargetHealth.State;
import io.staithe.loadbalancer.TrafficWorld.Backend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a real proxy can get wrong. */
@Tag("real")
final class HaproxyFailuresTest {
    @TempDir
    private Path temp;

    @Test
    void aConfigurationThatIsRefusedIsNeverLoadedAndTheLastGoodOneIsStartedAgain() throws Exception {
        Path refuses = temp.resolve("refuses");
        try (HaproxyWorld world = new HaproxyWorld(picky(refuses))) {
            EdgeDriver edge = new EdgeDriver(world);
            int port = world.freePort();
            Backend a = world.backend(1, "web");
            edge.carry(table(port, group("web"), a.target()));
            edge.until(() -> edge.state(a) == State.HEALTHY);
            Files.createFile(refuses);
            int loads = world.loads();
            edge.carry(table(port, group("web", 3600), a.target()));
            edge.until(() -> !edge.problems().isEmpty());
            assertEquals(List.of("HAProxy refuses the configuration: no such thing"), edge.problems());
            assertEquals(loads, world.loads());
            assertEquals("1", world.get(port, "x", "/").body());
            world.crash(TrafficWorld.Victim.MASTER);
            edge.until(() -> !edge.observed().running());
            edge.until(() -> world.answers(port));
            Files.delete(refuses);
            edge.until(() -> edge.problems().isEmpty());
            assertEquals("1", world.get(port, "x", "/").body());
        }
    }

    /** HAProxy, but while the file exists it finds every configuration invalid. */
    private Path picky(Path refuses) throws IOException {
        Path binary = temp.resolve("haproxy");
        Files.writeString(binary, """
                #!/bin/sh
                if [ "$1" = -c ] && [ -e %s ]; then echo '[ALERT]    (1) : no such thing'; exit 1; fi
                exec /usr/sbin/haproxy "$@"
                """.formatted(refuses));
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwx------"));
        return binary;
    }

    @Test
    void aTargetThatHangsUpCostsNoGetAndGetsNoPostTwice() throws Exception {
        TargetGroup patient =
                new TargetGroup("web", "HTTP", null, "/health", 60, 5, 1, 5, "200", 0, List.of(), Instant.EPOCH);
        try (HaproxyWorld world = new HaproxyWorld();
                HangsUp bad = new HangsUp()) {
            EdgeDriver edge = new EdgeDriver(world);
            int port = world.freePort();
            HaproxyWorld.RealBackend good = world.backend(1, "web");
            Target other = Tables.target(2, "web", "127.0.0.1", bad.socket.getLocalPort());
            edge.carry(table(port, patient, good.target(), other));
            edge.until(() -> edge.health().stream().allMatch(health -> health.state() == State.HEALTHY));
            for (int i = 0; i < 10; i++)
                assertEquals("1", HaproxyWorld.request(port, "GET", "x", "/").body());
            assertTrue(bad.requests.get() > 0, "none of them met it");
            int before = bad.requests.get() + good.served.get();
            int failed = 0;
            for (int i = 0; i < 10; i++)
                if (HaproxyWorld.request(port, "POST", "x", "/").status() == 502) failed++;
            assertEquals(10, bad.requests.get() + good.served.get() - before, "each was sent once");
            assertEquals(5, failed, "every other one met it");
        }
    }

    /** Answers its check, and takes any other request without an answer. */
    private static final class HangsUp implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        private final AtomicInteger requests = new AtomicInteger();

        HangsUp() throws IOException {
            Thread thread = new Thread(this::serve);
            thread.setDaemon(true);
            thread.start();
        }

        private void serve() {
            while (!socket.isClosed()) {
                try (Socket client = socket.accept()) {
                    byte[] head = new byte[4096];
                    int count = client.getInputStream().read(head);
                    String line = new String(head, 0, Math.max(count, 0), StandardCharsets.US_ASCII);
                    if (line.startsWith("GET /health "))
                        client.getOutputStream()
                                .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
                                        .getBytes(StandardCharsets.US_ASCII));
                    else requests.incrementAndGet();
                } catch (IOException closed) {
                    if (!socket.isClosed()) throw new IllegalStateException(closed);
                }
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
