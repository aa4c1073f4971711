package io.staithe.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;

/** One GET on a connection of its own. The JDK's clients would try again by themselves, and hide what is counted here. */
final class Http {
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 5_000;
    private static final int MAX_BYTES = 64 << 10;
    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private Http() {}

    /** @return the body of a whole 200; else an exception says what came */
    static String get(int port) throws IOException {
        String answer = answer(port);
        int body = answer.indexOf("\r\n\r\n");
        if (body < 0 || !answer.startsWith("HTTP/1.1 200 "))
            throw new IOException(
                    answer.isEmpty() ? "no answer" : answer.lines().findFirst().orElse(""));
        if (!answer.endsWith("\n")) throw new IOException("half an answer");
        return answer.substring(body + 4);
    }

    private static String answer(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            socket.setSoTimeout(READ_MILLIS);
            socket.getOutputStream().write(REQUEST);
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        }
    }

    /** Below the range from which containers' ports are taken. */
    static int freePort() {
        return IntStream.range(18_080, 18_280).filter(Http::isFree).findFirst().orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket listener = new ServerSocket(port)) {
            return listener.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
