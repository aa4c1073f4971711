package io.staithe.agent.session;

import io.staithe.core.model.TaskId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A wish to read containers' output.
 *
 * @param id goes with every piece of the answer
 * @param container absent: all of the task's
 * @param follow go on until the containers end, or until it is cancelled
 * @param tailLines absent: all that is kept
 */
public record LogOrder(
        long id,
        TaskId task,
        @Nullable String container,
        boolean follow,
        @Nullable Integer tailLines,
        @Nullable Instant since) {}
