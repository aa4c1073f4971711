package io.staithe.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How a command ended.
 *
 * @param out standard output
 * @param err standard error
 */
record Outcome(List<String> command, int exitCode, String out, String err) {
    /** Runs it to its end. @throws AssertionError when it takes longer than {@code deadline} */
    static Outcome of(List<String> command, Map<String, String> environment, String input, Duration deadline) {
        try {
            Path folder = Files.createTempDirectory("staithe-e2e");
            Path in = Files.writeString(folder.resolve("in"), input);
            Path out = folder.resolve("out");
            Path err = folder.resolve("err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("no end within " + deadline.toSeconds() + " s: " + String.join(" ", command)
                        + "\n" + RunningSystem.read(out) + RunningSystem.read(err));
            }
            Outcome outcome =
                    new Outcome(command, process.exitValue(), RunningSystem.read(out), RunningSystem.read(err));
            for (Path file : List.of(in, out, err, folder)) Files.delete(file);
            return outcome;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted: " + String.join(" ", command), e);
        }
    }

    /** @return standard output */
    String succeeded() {
        assertEquals(0, exitCode, this::toString);
        return out;
    }

    @Override
    public String toString() {
        return "$ " + String.join(" ", command) + "\n" + out + err + "(exit code " + exitCode + ")";
    }
}
