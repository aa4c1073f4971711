package io.staithe.simulation;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioTest {
    private static final Path SCENARIOS = Path.of("src/test/resources/scenarios");

    static List<String> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void plays(String file) throws IOException {
        Scenario scenario = new Scenario();
        List<String> lines = Files.readAllLines(SCENARIOS.resolve(file));
        try {
            scenario.play(lines);
        } catch (Violation violation) {
            List<String> journal = scenario.journal();
            String end = String.join("\n", journal.subList(Math.max(0, journal.size() - 60), journal.size()));
            throw new AssertionError(file + ", " + violation.getMessage() + "\n" + end, violation);
        }
    }

    @Test
    void whatIsNotTrueFails() {
        Violation violation = assertThrows(Violation.class, () -> new Scenario()
                .play(List.of(
                        "1 control plane, 1 host, 1 of them edge", "create web x 1", "all is well", "web runs 2")));
        assertTrue(String.valueOf(violation.getMessage()).contains("line 4"), violation.getMessage());
    }
}
