package io.staithe.loadbalancer;

import static io.staithe.loadbalancer.Tables.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.assignment.Target;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.TargetHealth.State;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests a target's death costs: none that may be sent again, as long as no answer to it has begun. */
@Tag("real")
final class HaproxyRetriesTest {
    /** Its checks find out nothing while a test runs. */
    private static final TargetGroup SLOWLY_CHECKED =
            new TargetGroup("web", "HTTP", null, "/health", 60, 5, 1, 5, "200", 0, null, List.of(), Instant.EPOCH);

    private static final String HEADERS = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n";
    /** Long enough for HAProxy to have seen the headers alone. */
    private static final Duration BETWEEN_HEADERS_AND_BODY = Duration.ofMillis(100);

    private HaproxyWorld world;
    private EdgeDriver edge;
    private int port;

    @BeforeEach
    void begin() throws Exception {
        world = new HaproxyWorld();
        edge = new EdgeDriver(world);
        port = world.freePort();
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    private void carry(Target... targets) throws Exception {
        edge.carry(table(port, SLOWLY_CHECKED, targets));
        edge.until(() -> edge.health().size() == targets.length
                && edge.health().stream().allMatch(health -> health.state() == State.HEALTHY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 2", "HTTP/1.1 200 OK\r\nContent-Le"})
    void aTargetThatDiesBeforeItsHeadersAreCompleteCostsNoGet(String beginning) throws Exception {
        try (DyingBackend dying = DyingBackend.after(2, beginning)) {
            carry(world.backend(1, "web").target(), dying.target());
            for (int i = 0; i < 10; i++)
                assertEquals("1", HaproxyWorld.request(port, "GET", "x", "/").body());
            assertTrue(dying.requests.get() > 0, "none of them met it");
        }
    }

    @Test
    void anAnswerThatHasBegunIsNotAskedForAgain() throws Exception {
        try (DyingBackend dying = DyingBackend.after(2, HEADERS + "o")) {
            carry(dying.target());
            String answer = HaproxyWorld.raw(port, "GET", "x", "/");
            assertTrue(answer.endsWith("\r\n\r\no"), answer);
            assertEquals(1, dying.requests.get());
        }
    }

    @Test
    void aPostIsSentOnce() throws Exception {
        try (DyingBackend dying = DyingBackend.after(2, "")) {
            HaproxyWorld.RealBackend good = world.backend(1, "web");
            carry(good.target(), dying.target());
            int failed = 0;
            for (int i = 0; i < 10; i++)
                if (HaproxyWorld.request(port, "POST", "x", "/").status() == 502) failed++;
            assertEquals(10, dying.requests.get() + good.served.get(), "each was sent once");
            assertEquals(5, failed, "every other one met it");
        }
    }

    /** Bodies up to a buffer's size; the headers take a part of it. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4_000, 15_000})
    void aBodyThatComesAfterItsHeadersIsSentAgain(int bytes) throws Exception {
        try (DyingBackend dying = DyingBackend.after(2, "")) {
            carry(world.backend(1, "web").target(), dying.target());
            for (int i = 0; i < 4; i++) {
                String answer = put(bytes);
                assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
            }
            assertTrue(dying.requests.get() > 0, "none of them met it");
        }
    }

    @Test
    void aBodyThatFitsInNoBufferIsSentOnce() throws Exception {
        try (DyingBackend dying = DyingBackend.after(2, "")) {
            carry(dying.target());
            assertTrue(put(40_000).startsWith("HTTP/1.1 502 "));
            assertEquals(1, dying.requests.get());
        }
    }

    private String put(int bytes) throws IOException, InterruptedException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.setTcpNoDelay(true);
            OutputStream out = socket.getOutputStream();
            String head =
                    "PUT / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n".formatted(bytes);
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            world.pass(BETWEEN_HEADERS_AND_BODY);
            out.write(new byte[bytes]);
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void whenMostTargetsHaveDiedUnnoticedEachRequestFindsTheOneThatIsLeft(String method) throws Exception {
        List<HaproxyWorld.RealBackend> doomed = new ArrayList<>();
        for (int task = 2; task <= 10; task++) doomed.add(world.backend(task, "web"));
        List<Target> targets = new ArrayList<>(List.of(world.backend(1, "web").target()));
        doomed.forEach(backend -> targets.add(backend.target()));
        carry(targets.toArray(Target[]::new));
        doomed.forEach(HaproxyWorld.RealBackend::kill);
        for (int i = 0; i < 20; i++)
            assertEquals("1", HaproxyWorld.request(port, method, "x", "/").body());
    }

    /** The request is with a target whose host has lost its power; then the control plane gives that host up. */
    @Test
    void aTargetThatIsTakenOutCostsNoGetThatItHolds() throws Exception {
        try (DyingBackend silent = DyingBackend.silent(2)) {
            carry(silent.target());
            CompletableFuture<String> get = CompletableFuture.supplyAsync(() -> answerTo("GET"));
            assertTrue(silent.asked.await(10, TimeUnit.SECONDS));
            Target other = world.backend(1, "web").target();
            carry(silent.target(), other);
            edge.carry(table(port, SLOWLY_CHECKED, other));
            edge.until(() -> edge.observed().servers().size() == 1);
            assertEquals("1", get.get(10, TimeUnit.SECONDS));
        }
    }

    private String answerTo(String method) {
        try {
            return HaproxyWorld.request(port, method, "x", "/").body();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
