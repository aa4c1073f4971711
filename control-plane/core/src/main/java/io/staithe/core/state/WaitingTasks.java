package io.staithe.core.state;

import io.staithe.core.model.Entity;
import io.staithe.core.model.Task;
import java.util.Collection;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePSet;

/** The tasks of each cluster that wait for a host, in the order in which they get one; kept up to date as tasks change. */
final class WaitingTasks {
    static final WaitingTasks NONE = new WaitingTasks(HashTreePMap.empty());

    /** The higher priority first; of equal ones the older; then by id, so that the order depends on nothing else. */
    private static final Comparator<Task> ORDER = Comparator.<Task>comparingInt(
                    task -> -task.policy().priority())
            .thenComparing(Task::createdAt)
            .thenComparing(Task::id);

    private static final TreePSet<Task> NOBODY = TreePSet.empty(ORDER);

    private final PMap<String, TreePSet<Task>> byCluster;

    private WaitingTasks(PMap<String, TreePSet<Task>> byCluster) {
        this.byCluster = byCluster;
    }

    Collection<Task> of(String cluster) {
        return byCluster.getOrDefault(cluster, NOBODY);
    }

    WaitingTasks after(@Nullable Entity before, @Nullable Entity after) {
        WaitingTasks next = this;
        if (before instanceof Task was && waits(was))
            next = next.with(was.cluster(), next.in(was.cluster()).minus(was));
        if (after instanceof Task is && waits(is))
            next = next.with(is.cluster(), next.in(is.cluster()).plus(is));
        return next;
    }

    private TreePSet<Task> in(String cluster) {
        return byCluster.getOrDefault(cluster, NOBODY);
    }

    private WaitingTasks with(String cluster, TreePSet<Task> tasks) {
        return new WaitingTasks(tasks.isEmpty() ? byCluster.minus(cluster) : byCluster.plus(cluster, tasks));
    }

    private static boolean waits(Task task) {
        return task.instance() == null && task.isActive();
    }
}
