package io.staithe.loadbalancer;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** An HTTP client that keeps its connection, believes {@code Connection: close}, and never tries anything twice. */
final class StrictClient implements AutoCloseable {
    private final int port;
    private final boolean keepsConnection;
    private Socket socket;
    private InputStream in;

    StrictClient(int port, boolean keepsConnection) {
        this.port = port;
        this.keepsConnection = keepsConnection;
    }

    /** @return the status */
    int get(String path) throws IOException {
        if (socket == null) connect();
        String request =
                "GET %s HTTP/1.1\r\nHost: x\r\n%s\r\n".formatted(path, keepsConnection ? "" : "Connection: close\r\n");
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        String head = head();
        in.readNBytes(contentLength(head));
        if (!keepsConnection || head.contains("\r\nconnection: close")) close();
        return Integer.parseInt(head.substring(9, 12));
    }

    private void connect() throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) throw new IOException("closed after " + head.size() + " bytes of an answer");
            head.write(b);
        }
        return head.toString(StandardCharsets.US_ASCII).toLowerCase(java.util.Locale.ROOT);
    }

    private static int contentLength(String head) {
        int at = head.indexOf("\r\ncontent-length: ");
        return at < 0 ? 0 : Integer.parseInt(head.substring(at + 18, head.indexOf("\r\n", at + 18)));
    }

    @Override
    public void close() throws IOException {
        if (socket != null) socket.close();
        socket = null;
    }
}
