package io.staithe.agent.container;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which lines of a container's output.
 *
 * @param follow go on until the container ends
 * @param tailLines only the last so many; absent: all that is kept
 * @param since only lines from then on
 */
public record LogQuery(
        boolean follow,
        @Nullable Integer tailLines,
        @Nullable Instant since) {}
