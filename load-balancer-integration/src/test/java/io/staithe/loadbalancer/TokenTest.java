package io.staithe.loadbalancer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TokenTest {
    @Test
    void whateverTheTextItIsOneWordThatMeansTheText() {
        for (long seed = 0; seed < 500; seed++) {
            String text = new Random(seed)
                    .ints(1, 0x2fff)
                    .limit(40)
                    .map(c -> c % 3 == 0 ? c : c % 128 == 0 ? 1 : c % 128)
                    .filter(c -> c != 0)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            String token = Token.of(text);
            assertTrue(token.matches("([a-zA-Z0-9_./:,-]|\\\\x[0-9a-f]{2})*"), "seed " + seed + ": " + token);
            assertEquals(text, read(token), "seed " + seed);
        }
    }

    @Test
    void theCharacterZeroHasNoForm() {
        assertThrows(IllegalArgumentException.class, () -> Token.of("a\0b"));
    }

    @Test
    void aWildcardMeansOnlyItsStars() {
        String regex = read(Token.wildcard("/a.b/*x?(y", ""));
        assertEquals("^\\/a\\.b\\/.*x.\\(y$", regex);
        assertTrue("/a.b/123xZ(y".matches(regex));
        assertFalse("/aXb/123xZ(y".matches(regex));
    }

    /** As HAProxy reads it. */
    private static String read(String token) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < token.length(); i++) {
            if (token.charAt(i) != '\\') bytes.write(token.charAt(i));
            else {
                bytes.write(Integer.parseInt(token.substring(i + 2, i + 4), 16));
                i += 3;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
