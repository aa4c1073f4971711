package io.staithe.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.staithe.agent.container.RuntimeInfo;
import io.staithe.core.model.Resources;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

final class HostFactsTest {
    private static final RuntimeInfo RUNTIME = new RuntimeInfo("20.10", 2, 4096, "X86_64", "linux");

    @Test
    void offersAllThatIsThereUnlessTold() {
        assertEquals(new Resources(2048, 3840, 0), HostFacts.resources(RUNTIME, null, null, 0, Map.of()));
    }

    @Test
    void offersWhatTheOptionsSay() {
        Main main = new Main();
        new CommandLine(main)
                .parseArgs(
                        "--cpu",
                        "512",
                        "--memory",
                        "100",
                        "--gpus",
                        "2",
                        "--resource",
                        "LICENSE=3",
                        "--resource",
                        "fpga=1");
        assertEquals(
                new Resources(512, 100, 2, Map.of("LICENSE", 3, "fpga", 1)),
                HostFacts.resources(RUNTIME, main.cpu, main.memory, main.gpus, main.resources));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "LICENSE | 0 | --resource LICENSE: must be at least 1",
                "GPU     | 1 | --resource GPU: must not be GPU: that is a resource of its own",
                "a/b     | 1 | --resource a/b: must be a letter, then up to 63 letters, digits, dots, hyphens and underscores",
            })
    void whatNoHostCanMeanIsRefused(String name, int count, String message) {
        assertEquals(
                message,
                assertThrows(
                                IllegalArgumentException.class,
                                () -> HostFacts.resources(RUNTIME, null, null, 0, Map.of(name, count)))
                        .getMessage());
    }

    @Test
    void gpusAreCountedFromZero() {
        assertEquals(
                "--gpus must be at least 0",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> HostFacts.resources(RUNTIME, null, null, -1, Map.of()))
                        .getMessage());
    }
}
