package io.staithe.server.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Files made to hurt: each is refused with words, soon, and without a deep stack or a large heap. */
final class HostileInputTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Nine lists of nine aliases: 387 million leaves if anybody walked them. */
    private static final String BOMB = "family: a\nx0: &x0 [lol]\n"
            + IntStream.range(1, 10)
                    .mapToObj(i -> "x" + i + ": &x" + i + " [" + ("*x" + (i - 1) + ",").repeat(9) + "]\n")
                    .collect(Collectors.joining())
            + "containerDefinitions: *x9\n";

    /** Few aliases to a long list: below the limit of aliases, above that of values. */
    private static final String WIDE = "containerDefinitions:\n- environment: &e [" + "{name: a},".repeat(5000) + "]\n"
            + "- environment: *e\n".repeat(40);

    private static final Map<String, byte[]> FILES = Map.ofEntries(
            Map.entry("is refused: Number of aliases for non-scalar nodes exceeds the specified max=50", utf8(BOMB)),
            Map.entry("has more than 100000 fields and values, aliases counted each time", utf8(WIDE)),
            Map.entry("all files together must be at most 1 MiB", utf8("clusterName: " + "a".repeat(10 << 20))),
            Map.entry("is nested deeper than 32 levels", utf8("tags: " + "[".repeat(500_000))),
            Map.entry("deeper than 32", utf8("{a: ".repeat(200_000))),
            Map.entry("than 32 levels", utf8("- ".repeat(500_000) + "a")),
            Map.entry("has more than 1000 documents", utf8("---\n".repeat(200_000))),
            Map.entry("clusterName: is given twice, first on line 1", utf8("clusterName: a\nclusterName: b")),
            Map.entry("found character '\\t(TAB)' that cannot start any token", utf8("clusterName:\n\t- a")),
            Map.entry("is not UTF-8 text", new byte[] {'a', ':', ' ', (byte) 0xC3, (byte) 0x28}),
            Map.entry("not UTF-8", "clusterName: \u00e9".getBytes(StandardCharsets.ISO_8859_1)),
            Map.entry("UTF-8 text", "clusterName: a".getBytes(StandardCharsets.UTF_16)),
            Map.entry("line 2: holds the control character U+0000", utf8("clusterName: a\ntags: \0")),
            Map.entry("holds the control character U+001B", utf8("clusterName: \u001b[31m")),
            Map.entry("is not valid YAML", utf8("clusterName: *nowhere")),
            Map.entry("must be a list", utf8("clusterName: a\ntags: &t {a: *t}")),
            Map.entry("has further errors, which are not listed", utf8("kind: Cluster\n" + unknownFields(20_000))));

    @TestFactory
    Stream<DynamicTest> isRefusedWithWords() {
        return FILES.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.getKey(),
                        () -> assertTimeoutPreemptively(SOON, () -> {
                            Manifests read = ManifestReader.read(List.of(new ManifestFile("a.yaml", row.getValue())));
                            assertTrue(
                                    read.errors().stream()
                                            .anyMatch(e -> e.message().contains(row.getKey())),
                                    () -> read.errors().stream()
                                            .limit(5)
                                            .map(ManifestError::message)
                                            .toList()
                                            .toString());
                            assertTrue(read.errors().size() <= 1001);
                        })));
    }

    @Test
    void aListThatHoldsItselfEnds() {
        assertTimeoutPreemptively(SOON, () -> {
            var read = ManifestReader.read(List.of(ManifestFile.of("a.yaml", "containerDefinitions: &c [*c]")));
            assertEquals(
                    "a.yaml, document 1, line 1: containerDefinitions[0]: must be a mapping of fields",
                    read.errors().get(0).message());
        });
    }

    @Test
    void manySmallFilesCountTogether() {
        List<ManifestFile> files = new ArrayList<>();
        for (int i = 0; i < 1001; i++) files.add(ManifestFile.of("f" + i, ""));
        assertEquals(
                "f1000: must be at most 1000 files",
                ManifestReader.read(files).errors().get(0).message());
    }

    @Test
    void namesOfFilesAreShownInOneShortLine() {
        var read = ManifestReader.read(List.of(ManifestFile.of("a\n\u001b[2J" + "x".repeat(5000), "bogus")));
        String message = read.errors().get(0).message();
        assertTrue(message.startsWith("a??[2Jxxx") && message.length() < 400, message);
    }

    @Test
    void namesOfFieldsAreShownShort() {
        var read = ManifestReader.read(
                List.of(ManifestFile.of("a", "kind: Cluster\n" + "\"" + "x".repeat(900_000) + "\": 1")));
        assertTrue(read.errors().get(0).message().length() < 200);
    }

    private static String unknownFields(int count) {
        return IntStream.range(0, count).mapToObj(i -> "unknown" + i + ": 1\n").collect(Collectors.joining());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
