package io.staithe.server.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Files from public repositories, which stand beside this repository in {@code shared/corpus} and not in it. Where they are
 * missing, the samples under {@code manifests} of the test resources are read in their place.
 */
final class CorpusTest {
    private static final Path SAMPLES = Path.of("src/test/resources/manifests");

    /** What a file of each kind must turn out to be. */
    private static final Map<String, Consumer<Manifests>> EXPECTED = Map.of(
            "taskdef", read -> isOr(ManifestKind.TASK_DEFINITION, read),
            "service", read -> isOr(ManifestKind.SERVICE, read),
            "cfn", read -> seems("a CloudFormation template", read),
            "copilot-cfn", read -> seems("a CloudFormation template", read),
            "copilot-manifest", read -> seems("a Copilot manifest", read),
            "ecspresso-config", read -> seems("an ecspresso configuration", read),
            "taskdef-jsonnet", read -> seems("a Jsonnet program", read),
            "service-jsonnet", read -> seems("a Jsonnet program", read));

    @TestFactory
    Stream<DynamicTest> isReadOrRefusedWithAReason() throws IOException {
        Path folder = corpus().orElse(SAMPLES);
        List<String> rows = Files.readAllLines(folder.resolve("MANIFEST.tsv"));
        assertTrue(rows.size() > 5, "rows in " + folder);
        return rows.stream()
                .skip(1)
                .map(row -> row.split("\t"))
                .map(row -> DynamicTest.dynamicTest(
                        row[0] + " " + row[1], () -> Objects.requireNonNull(EXPECTED.get(row[0]), row[0])
                                .accept(read(folder.resolve(row[1])))));
    }

    private static Manifests read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        return ManifestReader.read(List.of(new ManifestFile(name, Files.readAllBytes(file))));
    }

    /** Beside the repository, or beside the folder that holds this working copy of it. */
    private static Optional<Path> corpus() {
        Path at = Path.of("").toAbsolutePath();
        while (at != null && !Files.exists(at.resolve("shared/corpus/MANIFEST.tsv"))) at = at.getParent();
        return Optional.ofNullable(at).map(found -> found.resolve("shared/corpus"));
    }

    private static void isOr(ManifestKind kind, Manifests read) {
        for (ManifestDocument document : read.documents()) assertEquals(kind, document.kind());
        assertFalse(read.documents().isEmpty() && read.errors().isEmpty());
        for (ManifestError error : read.errors()) {
            assertTrue(error.document() > 0 && error.line() > 0 && !error.rule().isEmpty(), error.message());
            assertTrue(!error.field().isEmpty() || error.rule().contains("not valid YAML"), error.message());
        }
    }

    private static void seems(String what, Manifests read) {
        assertTrue(read.documents().isEmpty(), "nothing of it is taken");
        assertTrue(
                read.errors().stream().anyMatch(e -> e.message().contains("seems to be " + what)),
                () -> read.errors().toString());
    }
}
