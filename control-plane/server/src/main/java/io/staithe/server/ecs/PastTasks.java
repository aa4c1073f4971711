package io.staithe.server.ecs;

import io.staithe.core.model.TaskId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tasks that have stopped, for longer than the store remembers them. The history database keeps them. */
public interface PastTasks {
    /**
     * The tasks of a cluster whose ids begin so, in the order of their ids; none while the database is away.
     *
     * @param idPrefix hexadecimal digits
     * @param limit most tasks to return
     */
    List<PastTask> startingWith(String cluster, String idPrefix, int limit);

    /**
     * @param hostName absent: it was never placed, or its host was gone
     * @param placement why it was where it was, or why it waited; the summary first; empty: the scheduler never saw it
     */
    record PastTask(
            TaskId id,
            String taskDefinition,
            @Nullable String group,
            @Nullable String startedBy,
            @Nullable String hostName,
            @Nullable String stopCode,
            @Nullable String stoppedReason,
            Instant createdAt,
            @Nullable Instant placedAt,
            @Nullable Instant startedAt,
            Instant stoppedAt,
            List<String> placement,
            List<PastContainer> containers) {
        public PastTask {
            placement = List.copyOf(placement);
            containers = List.copyOf(containers);
        }
    }

    /** @param exitCode absent: it never ran */
    record PastContainer(
            String name,
            @Nullable Integer exitCode,
            @Nullable String reason) {}
}
