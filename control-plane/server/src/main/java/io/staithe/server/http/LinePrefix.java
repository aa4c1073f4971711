package io.staithe.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Puts a container's name in front of each of its lines. Chunks end anywhere; what is not a whole line yet waits. */
final class LinePrefix {
    /** A longer line is passed on in pieces. */
    private static final int MAX_LINE_BYTES = 64 * 1024;

    private final boolean on;
    private final Map<String, ByteArrayOutputStream> unfinished = new LinkedHashMap<>();

    /** @param on false: everything passes as it is */
    LinePrefix(boolean on) {
        this.on = on;
    }

    synchronized byte[] prefix(String container, byte[] data) {
        if (!on) return data;
        ByteArrayOutputStream out = new ByteArrayOutputStream(data.length + 64);
        ByteArrayOutputStream line = unfinished.computeIfAbsent(container, c -> new ByteArrayOutputStream());
        for (byte b : data) {
            line.write(b);
            if (b != '\n' && line.size() < MAX_LINE_BYTES) continue;
            out.writeBytes(start(container));
            out.writeBytes(line.toByteArray());
            if (b != '\n') out.write('\n');
            line.reset();
        }
        return out.toByteArray();
    }

    /** The lines that were never finished. */
    synchronized byte[] rest() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        unfinished.forEach((container, line) -> {
            if (line.size() == 0) return;
            out.writeBytes(start(container));
            out.writeBytes(line.toByteArray());
            out.write('\n');
        });
        unfinished.clear();
        return out.toByteArray();
    }

    private static byte[] start(String container) {
        return (container + " | ").getBytes(StandardCharsets.UTF_8);
    }
}
