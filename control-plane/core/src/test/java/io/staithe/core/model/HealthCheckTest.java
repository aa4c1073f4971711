package io.staithe.core.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HealthCheckTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "curl -f localhost   | must begin with CMD, CMD-SHELL, HTTP, TCP or GRPC",
                "NONE                | must begin with CMD, CMD-SHELL, HTTP, TCP or GRPC",
                "http 80 /           | must begin with CMD, CMD-SHELL, HTTP, TCP or GRPC",
                "CMD                 | must have after CMD a program to run",
                "CMD-SHELL           | must have after CMD-SHELL a line for the shell",
                "HTTP 80             | must have after HTTP a port and a path",
                "HTTP 80 / more      | must have after HTTP a port and a path",
                "HTTP 0 /            | must have after HTTP a port between 1 and 65535",
                "HTTP 65536 /        | must have after HTTP a port between 1 and 65535",
                "HTTP eighty /       | must have after HTTP a port between 1 and 65535",
                "HTTP 80 health      | must have a path that starts with /",
                "TCP                 | must have after TCP a port",
                "TCP 080             | must have after TCP a port between 1 and 65535",
                "GRPC 80 a b         | must have after GRPC a port, and a service or none",
            })
    void whatIsNoCheckIsRefused(String command, String rule) {
        Invalid invalid = assertThrows(Invalid.class, () -> check(command));
        assertEquals("command", invalid.field());
        assertEquals(rule, invalid.rule());
    }

    @Test
    void aPathHoldsNothingThatEndsTheRequest() {
        for (String path : List.of("/a b", "/a\r\nHost: x", "/\u00e4"))
            assertThrows(
                    Invalid.class, () -> new HealthCheck(List.of("HTTP", "80", path), null, null, null, null), path);
    }

    @Test
    void whatIsAskedForIsRead() {
        assertFalse(check("CMD /bin/check now").kind().isFromOutside());
        HealthCheck http = check("HTTP 8080 /health?deep=1");
        assertTrue(http.kind().isFromOutside());
        assertEquals(8080, http.port());
        assertEquals("/health?deep=1", http.path());
        assertEquals("", check("GRPC 50051").service());
        assertEquals("shop.Cart", check("GRPC 50051 shop.Cart").service());
    }

    private static HealthCheck check(String command) {
        return new HealthCheck(List.of(command.split(" ")), null, null, null, null);
    }
}
