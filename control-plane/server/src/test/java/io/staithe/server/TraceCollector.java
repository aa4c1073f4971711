package io.staithe.server;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes traces over OTLP/HTTP and remembers their bytes. */
final class TraceCollector {
    /** In a span's message, its trace's id comes first, and its name not much later. */
    private static final int MOST_BYTES_FROM_TRACE_TO_NAME = 96;

    private final HttpServer server;
    /** Each byte as the character of the same number. */
    private final List<String> received = new CopyOnWriteArrayList<>();

    private TraceCollector(HttpServer server) {
        this.server = server;
    }

    static TraceCollector start() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            TraceCollector collector = new TraceCollector(server);
            server.createContext("/v1/traces", exchange -> {
                collector.received.add(
                        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return collector;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Whether a span of this name and trace has come. */
    boolean has(String traceId, String name) {
        String trace = new String(HexFormat.of().parseHex(traceId), StandardCharsets.ISO_8859_1);
        // Field 5 of a span, a string of this length.
        String field = "*" + (char) name.length() + name;
        return received.stream().anyMatch(body -> hasSpan(body, trace, field));
    }

    private static boolean hasSpan(String body, String trace, String field) {
        for (int at = body.indexOf(field); at >= 0; at = body.indexOf(field, at + 1)) {
            int from = Math.max(0, at - MOST_BYTES_FROM_TRACE_TO_NAME);
            if (body.substring(from, at).contains(trace)) return true;
        }
        return false;
    }
}
