package io.staithe.agent.check;

import io.staithe.agent.container.Finding;
import io.staithe.core.model.HealthCheck;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * GET, of which only the status line is read: 200 to 399 passes. Redirects are not followed. Without an HTTP client: a check
 * needs none of what a client keeps in memory.
 */
final class HttpCheck {
    private static final int MAX_LINE_BYTES = 1024;
    private static final Pattern STATUS = Pattern.compile("HTTP/[0-9.]+ ([0-9]{3})(?: .*)?");

    private HttpCheck() {}

    static Finding make(Socket socket, HealthCheck check, Deadline deadline) throws IOException {
        String request = "GET " + check.path() + " HTTP/1.1\r\nHost: "
                + socket.getInetAddress().getHostAddress() + ":" + check.port()
                + "\r\nUser-Agent: staithe-agent\r\nAccept: */*\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        Matcher status = STATUS.matcher(firstLine(socket, deadline));
        if (!status.matches()) return Finding.failed(OutsideCheck.about(check) + " does not speak HTTP");
        int code = Integer.parseInt(status.group(1));
        return 200 <= code && code <= 399
                ? Finding.PASSED
                : Finding.failed(OutsideCheck.about(check) + " answered " + code);
    }

    private static String firstLine(Socket socket, Deadline deadline) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder line = new StringBuilder();
        while (line.length() < MAX_LINE_BYTES) {
            socket.setSoTimeout(deadline.millisLeft());
            int next = in.read();
            if (next < 0 || next == '\n') break;
            if (next != '\r') line.append((char) next);
        }
        return line.toString();
    }
}
