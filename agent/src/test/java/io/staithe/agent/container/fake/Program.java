package io.staithe.agent.container.fake;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a container does once started. A container's command chooses one, in the words of {@link #parse}, unless the engine
 * is told otherwise for its name.
 *
 * @param runsFor absent: until it is stopped
 * @param exitCode with which it ends by itself
 * @param ignoresTerm whether SIGTERM does nothing, so that only SIGKILL ends it
 * @param outOfMemory whether it ends because it met its memory limit
 * @param prints the line that it writes first
 */
public record Program(
        @Nullable Duration runsFor,
        int exitCode,
        boolean ignoresTerm,
        boolean outOfMemory,
        @Nullable String prints) {
    static final int KILLED = 137;
    static final int TERMINATED = 143;

    public static final Program RUNS = new Program(null, 0, false, false, null);

    public static Program exits(int code, Duration after) {
        return new Program(after, code, false, false, null);
    }

    /** {@code exit CODE SECONDS}, {@code ignore-term}, {@code out-of-memory}, {@code print LINE}; all else runs on. */
    static Program parse(List<String> command) {
        if (command.isEmpty()) return RUNS;
        return switch (command.get(0)) {
            case "exit" ->
                exits(Integer.parseInt(command.get(1)), Duration.ofSeconds(Integer.parseInt(command.get(2))));
            case "ignore-term" -> new Program(null, 0, true, false, null);
            case "out-of-memory" -> new Program(Duration.ZERO, KILLED, false, true, null);
            case "print" -> new Program(null, 0, false, false, command.get(1));
            default -> RUNS;
        };
    }
}
