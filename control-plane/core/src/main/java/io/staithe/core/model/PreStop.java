package io.staithe.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is run inside a container when it is to stop: after its targets have left the load balancer, before the stop signal.
 * Whatever comes of it, the container is stopped then.
 *
 * @param command a program and its arguments; there is no shell unless it names one
 * @param timeout seconds until it is not waited for any longer, 1 to 86400; absent: the container's {@code stopTimeout}
 */
public record PreStop(List<String> command, @Nullable Integer timeout) {
    private static final int MAX_WORDS = 100;
    private static final int MAX_WORD_CHARS = 4096;

    public PreStop {
        command = Check.list(command);
        Check.that(!command.isEmpty() && !command.get(0).isBlank(), "command", "is required");
        Check.atMost(command, MAX_WORDS, "command");
        for (String word : command)
            Check.that(
                    word.length() <= MAX_WORD_CHARS,
                    "command",
                    "must have words of at most " + MAX_WORD_CHARS + " characters");
        Check.range(timeout, 1, 86_400, "timeout");
    }
}
