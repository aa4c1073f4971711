package io.staithe.server.ecs;

import io.staithe.core.model.LastStatus;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import java.util.List;

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

    /** How many ended by themselves, while they are kept. */
    static int failed(List<Task> tasks) {
        return (int) tasks.stream().filter(Counts::failed).count();
    }

    private static boolean failed(Task task) {
        return task.stopCode() == StopCode.TaskFailedToStart || task.stopCode() == StopCode.EssentialContainerExited;
    }
}
