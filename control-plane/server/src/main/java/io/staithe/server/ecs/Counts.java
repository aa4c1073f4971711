package io.staithe.server.ecs;

import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Task;

/** Which tasks ECS counts as pending and which as running. */
final class Counts {
    private Counts() {}

    /** Asked to run, and not running yet. */
    static boolean pending(Task task) {
        return task.isActive() && task.lastStatus().isBefore(LastStatus.RUNNING);
    }

    /** RUNNING, and still wanted: what is being stopped leaves the count at once. */
    static boolean running(Task task) {
        return task.isActive() && !task.lastStatus().isBefore(LastStatus.RUNNING);
    }
}
