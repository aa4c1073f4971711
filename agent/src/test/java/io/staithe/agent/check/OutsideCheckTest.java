package io.staithe.agent.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.agent.container.Finding;
import io.staithe.core.model.HealthCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTTP and TCP from outside, against servers that behave and that do not. */
final class OutsideCheckTest {
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "HTTP/1.1 200 OK,                -",
                "HTTP/1.0 204,                   -",
                "HTTP/1.1 302 Found,             -",
                "HTTP/1.1 399 Last,              -",
                "HTTP/1.1 400 Bad Request,       GET :PORT/health answered 400",
                "HTTP/1.1 503 Unavailable,       GET :PORT/health answered 503",
                "HTTP/1.1 199 Early,             GET :PORT/health answered 199",
                "SSH-2.0-OpenSSH_9.2,            GET :PORT/health does not speak HTTP",
            })
    void theStatusDecides(String answer, String failure) throws IOException {
        try (Answering server = new Answering(answer + "\r\n\r\n")) {
            assertEquals(
                    failure == null
                            ? Finding.PASSED
                            : Finding.failed(failure.replace("PORT", Integer.toString(server.port()))),
                    make("HTTP", server.port(), "/health"));
        }
    }

    @Test
    void whoSaysNothingOrGoesOnForEverIsNotWaitedForLongerThanTheTimeout() throws IOException {
        try (Answering silent = new Answering("")) {
            Finding found = make("HTTP", silent.port(), "/");
            assertEquals(Finding.failed("GET :" + silent.port() + "/ has not answered within 2 s"), found);
        }
        try (Answering endless = new Answering("x".repeat(100_000))) {
            assertFalse(make("HTTP", endless.port(), "/").passed());
        }
    }

    @Test
    void aConnectionIsEnoughForTcp() throws IOException {
        try (Answering server = new Answering("")) {
            assertEquals(Finding.PASSED, make("TCP", server.port()));
        }
        // Nobody else can listen where this one does not.
        try (Socket taken = new Socket()) {
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Finding closed = make("TCP", taken.getLocalPort());
            assertFalse(closed.passed());
            assertTrue(closed.detail().startsWith("TCP port " + taken.getLocalPort() + ": "), closed.detail());
        }
    }

    @Test
    void withoutAnAddressNothingIsReached() {
        HealthCheck check = new HealthCheck(List.of("TCP", "80"), null, 2, null, null);
        assertEquals(Finding.failed("the container has no address"), OutsideCheck.make(null, check));
    }

    private static Finding make(String kind, int port, String... rest) {
        List<String> command = new ArrayList<>(List.of(kind, Integer.toString(port)));
        command.addAll(List.of(rest));
        return OutsideCheck.make("127.0.0.1", new HealthCheck(command, null, 2, null, null));
    }

    /** Sends each who connects the same, and keeps the connection open. */
    private static final class Answering implements AutoCloseable {
        private final ServerSocket server;
        private final List<Socket> open = new ArrayList<>();

        Answering(String answer) throws IOException {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
            Thread thread = new Thread(() -> serve(answer.getBytes(StandardCharsets.US_ASCII)));
            thread.setDaemon(true);
            thread.start();
        }

        private void serve(byte[] answer) {
            try {
                while (true) {
                    Socket client = server.accept();
                    open.add(client);
                    client.getOutputStream().write(answer);
                }
            } catch (IOException closed) {
                // the test is over
            }
        }

        int port() {
            return server.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            server.close();
            for (Socket socket : List.copyOf(open)) socket.close();
        }
    }
}
