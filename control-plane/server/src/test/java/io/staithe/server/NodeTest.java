package io.staithe.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.security.SecureRandom;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NodeTest {
    private final SecureRandom random = new SecureRandom();

    @Test
    void noTwoStartsHaveOneName() {
        Node first = Node.of(Optional.of("one"), Optional.empty(), random);
        assertTrue(first.name().startsWith("one-"));
        assertNotEquals(first, Node.of(Optional.of("one"), Optional.empty(), random));
    }

    @Test
    void saysWhereItsApiIsOnlyWhenItWasTold() {
        assertEquals(null, Node.of(Optional.empty(), Optional.empty(), random).apiUrl());
        String url = "https://10.0.0.1:7400";
        assertEquals(
                url,
                Node.of(Optional.empty(), Optional.of(URI.create(url)), random).apiUrl());
    }

    @ParameterizedTest
    @ValueSource(strings = {"//10.0.0.1:7400", "ftp://a", "https://a:7400/", "https://a:7400/x", "mailto:a"})
    void refusesWhatIsNoAddressOfAnApi(String url) {
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> Node.of(Optional.empty(), Optional.of(URI.create(url)), random))
                .getMessage();
        assertTrue(message.startsWith("staithe.api.advertised-url=" + url + ": must be http://HOST:PORT"), message);
    }
}
