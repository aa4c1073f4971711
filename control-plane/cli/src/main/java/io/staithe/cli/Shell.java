package io.staithe.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What surrounds one call of the command, as a value, so that a test can be the surroundings.
 *
 * @param variables the environment's variables
 * @param home the user's home folder
 * @param interactive whether {@code out} is a terminal
 * @param columns the terminal's width; what is longer is cut only where lines are rewritten in place
 * @param pollInterval how often a waiting command asks again
 * @param interrupts takes what is to be done when somebody ends the command, as with Ctrl-C
 */
public record Shell(
        Map<String, String> variables,
        Path home,
        InputStream in,
        PrintWriter out,
        PrintWriter err,
        boolean interactive,
        int columns,
        InstantSource clock,
        Duration pollInterval,
        Consumer<Runnable> interrupts) {
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
    private static final int DEFAULT_COLUMNS = 100;

    /** The process's own. The launcher says with {@code staithe.columns} that, and how wide, the output is a terminal. */
    static Shell ofThisProcess() {
        Integer columns = Integer.getInteger("staithe.columns");
        return new Shell(
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                System.in,
                writer(new FileOutputStream(FileDescriptor.out)),
                writer(new FileOutputStream(FileDescriptor.err)),
                columns != null,
                columns == null ? DEFAULT_COLUMNS : columns,
                InstantSource.system(),
                POLL_INTERVAL,
                last -> Runtime.getRuntime().addShutdownHook(new Thread(last)));
    }

    /** Whether colours may be used at all: on a terminal, unless {@code NO_COLOR} is set (no-color.org). */
    public boolean allowsColour() {
        return interactive && variables.getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** UTF-8 whatever the locale says: file contents and logs are UTF-8 too. */
    private static PrintWriter writer(OutputStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }
}
