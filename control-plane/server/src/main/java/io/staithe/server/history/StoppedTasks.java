package io.staithe.server.history;

import io.staithe.server.ecs.PastTasks;
import java.util.List;

/** Stopped tasks out of the database. */
public final class StoppedTasks implements PastTasks {
    private final Rows rows;
    private final Asking asking;

    public StoppedTasks(Rows rows, Asking asking) {
        this.rows = rows;
        this.asking = asking;
    }

    @Override
    public List<PastTask> startingWith(String cluster, String idPrefix, int limit) {
        return asking.ask(() -> rows.stoppedTasksStartingWith(cluster, idPrefix, limit)).stream()
                .map(StoppedTask::toPastTask)
                .toList();
    }
}
