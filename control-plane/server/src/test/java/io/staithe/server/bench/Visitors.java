package io.staithe.server.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks over HTTP who answers: the example's image says its container's host name. A connection for each question. */
final class Visitors {
    private static final Pattern WHO = Pattern.compile("container (\\w+)");
    private static final int TIMEOUT_MILLIS = 2000;
    private static final byte[] QUESTION = "GET / HTTP/1.0\r\nHost: bench\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private Visitors() {}

    /** The container that answers; empty: none does yet. */
    static Optional<String> whoAnswers(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.getOutputStream().write(QUESTION);
            InputStream in = socket.getInputStream();
            Matcher who = WHO.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return who.find() ? Optional.of(who.group(1)) : Optional.empty();
        } catch (IOException notYet) {
            return Optional.empty();
        }
    }

    /** Until so many different ones have answered; in a row while answers come, with a pause where none does or is new. */
    static void awaitDifferent(int count, int port, Duration atMost) throws IOException, InterruptedException {
        Set<String> seen = new HashSet<>();
        long deadline = System.nanoTime() + atMost.toNanos();
        while (seen.size() < count) {
            boolean isNew = whoAnswers(port).map(seen::add).orElse(false);
            if (!isNew) TimeUnit.MILLISECONDS.sleep(5);
            if (System.nanoTime() > deadline)
                throw new IOException(seen.size() + " of " + count + " answer within " + atMost.toSeconds() + " s");
        }
    }

    /** Until this one answers. */
    static void await(String container, int port, Duration atMost) throws IOException, InterruptedException {
        Program.await(container + " answers on " + port, atMost, Duration.ofMillis(2), () -> whoAnswers(port)
                .filter(container::startsWith)
                .isPresent());
    }
}
