package io.staithe.loadbalancer;

import io.staithe.core.assignment.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers its check, and dies at every other request: it takes all of it, and sends the beginning of an answer. */
final class DyingBackend implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    private final Target target;
    private final String beginning;
    private final boolean silent;
    final AtomicInteger requests = new AtomicInteger();
    final CountDownLatch asked = new CountDownLatch(1);

    private DyingBackend(int task, String beginning, boolean silent) throws IOException {
        this.beginning = beginning;
        this.silent = silent;
        target = Tables.target(task, "web", "127.0.0.1", socket.getLocalPort());
        run(this::serve);
    }

    /** Closes each connection after this much of an answer. */
    static DyingBackend after(int task, String beginning) throws IOException {
        return new DyingBackend(task, beginning, false);
    }

    /** As a host without power: it never says anything again. */
    static DyingBackend silent(int task) throws IOException {
        return new DyingBackend(task, "", true);
    }

    Target target() {
        return target;
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
    }

    private void serve() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                run(() -> answer(client));
            } catch (IOException closed) {
                if (!socket.isClosed()) throw new IllegalStateException(closed);
            }
        }
    }

    private void answer(Socket client) {
        try (client) {
            String request = request(client.getInputStream());
            String answer = beginning;
            if (request.startsWith("GET /health ")) answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
            else {
                requests.incrementAndGet();
                asked.countDown();
                if (silent) client.getInputStream().read();
            }
            client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException hasHungUp) {
            // The proxy; it is what some tests are about.
        }
    }

    private static String request(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        while (!read.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) throw new IOException("no request");
            read.write(b);
        }
        String head = read.toString(StandardCharsets.US_ASCII);
        int length = head.toLowerCase(Locale.ROOT).indexOf("content-length: ");
        if (length >= 0) in.readNBytes(Integer.parseInt(head.substring(length + 16, head.indexOf('\r', length))));
        return head;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
