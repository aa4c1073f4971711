package io.staithe.agent.task;

import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an agent must know again after its own end. It is on disk before an action that it speaks of is carried out, and
 * before a report that it holds is sent.
 *
 * @param memoryLost whether there was an earlier checkpoint that could not be read, and no session since
 * @param epoch of the control plane's store whose assignment this is; absent: none was received
 * @param graceUntil containers that the assignment does not name are kept until then; absent: they need not be
 * @param tombstones tasks that are over and gone, oldest first
 * @param images when an image was last used by a task, by its id
 */
public record Checkpoint(
        boolean memoryLost,
        @Nullable String epoch,
        @Nullable Instant graceUntil,
        Assignment assignment,
        List<SavedTask> tasks,
        List<TaskId> tombstones,
        Map<String, Instant> images) {
    /** Of a host that has never run a task. */
    public static final Checkpoint FIRST =
            new Checkpoint(false, null, null, Assignment.EMPTY, List.of(), List.of(), Map.of());

    /** Of a host that may have, and does not know. */
    public static final Checkpoint LOST =
            new Checkpoint(true, null, null, Assignment.EMPTY, List.of(), List.of(), Map.of());

    public Checkpoint {
        tasks = List.copyOf(tasks);
        tombstones = List.copyOf(tombstones);
        images = Collections.unmodifiableMap(new TreeMap<>(images));
    }

    /**
     * A task that was accepted.
     *
     * @param stopping whether it is to end, or has ended: it never goes back from that
     * @param report the newest one; its times, exit codes and sequence number are the task's memory
     * @param begun the containers whose start may have been carried out
     */
    public record SavedTask(AssignedTask task, boolean stopping, TaskReport report, Set<String> begun) {
        public SavedTask {
            begun = Collections.unmodifiableSet(new TreeSet<>(begun));
        }
    }
}
