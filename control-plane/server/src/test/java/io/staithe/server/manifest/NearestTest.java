package io.staithe.server.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class NearestTest {
    private static final List<String> KNOWN = List.of("cpu", "image", "memory", "memoryReservation", "portMappings");

    @TestFactory
    Stream<DynamicTest> finds() {
        return Map.of(
                        "imgae",
                        "image",
                        "Memory",
                        "memory",
                        "memory_reservation",
                        "memoryReservation",
                        "portMapping",
                        "portMappings",
                        "cpus",
                        "cpu",
                        "ports",
                        "",
                        "zzzz",
                        "",
                        "",
                        "",
                        "x".repeat(100_000),
                        "")
                .entrySet()
                .stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.getKey().length() > 40 ? "a long name" : "'" + row.getKey() + "'",
                        () -> assertEquals(
                                row.getValue(), Nearest.to(row.getKey(), KNOWN).orElse(""))));
    }
}
