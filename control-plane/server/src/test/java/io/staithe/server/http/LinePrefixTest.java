package io.staithe.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LinePrefixTest {
    @Test
    void passesASingleContainerOnAsItIs() {
        LinePrefix lines = new LinePrefix(false);
        assertEquals("half a li", text(lines.prefix("web", bytes("half a li"))));
        assertEquals("", text(lines.rest()));
    }

    @Test
    void namesTheContainerOfEachWholeLine() {
        LinePrefix lines = new LinePrefix(true);
        assertEquals("", text(lines.prefix("web", bytes("one "))));
        assertEquals("db | other\n", text(lines.prefix("db", bytes("other\n"))));
        assertEquals("web | one line\nweb | two\n", text(lines.prefix("web", bytes("line\ntwo\nthr"))));
        assertEquals("web | thr\n", text(lines.rest()));
    }

    @Test
    void breaksALineThatNeverEnds() {
        LinePrefix lines = new LinePrefix(true);
        String out = text(lines.prefix("web", bytes("x".repeat(200_000))));
        assertEquals(3, out.lines().count());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
