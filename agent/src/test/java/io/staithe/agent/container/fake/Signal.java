package io.staithe.agent.container.fake;

import io.staithe.core.model.TaskId;
import java.time.Instant;

/**
 * What the engine sent to a container because somebody asked for its end.
 *
 * @param container its name in the task definition
 * @param id of the container, by the engine
 */
public record Signal(Kind kind, TaskId task, String container, String id, Instant at) {
    /** Which one. */
    public enum Kind {
        TERM,
        KILL
    }
}
