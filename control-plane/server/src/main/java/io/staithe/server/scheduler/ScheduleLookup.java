package io.staithe.server.scheduler;

import io.staithe.core.model.Kind;
import io.staithe.core.model.Schedule;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.ApiError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which schedule is meant by a name and a group, where a group is a cluster. */
final class ScheduleLookup {
    private static final String DEFAULT = "default";

    private ScheduleLookup() {}

    /**
     * Without a group, and with EventBridge's group {@code default}, the one of cluster {@code default} goes before the only
     * one of another cluster.
     *
     * @throws ApiError ResourceNotFoundException, or ValidationException when several are meant
     */
    static Schedule find(ClusterState state, @Nullable String group, String name) {
        List<Schedule> named = state.all(Kind.SCHEDULE, Schedule.class)
                .filter(schedule -> schedule.name().equals(name))
                .toList();
        String cluster = group == null ? DEFAULT : group;
        List<Schedule> meant = named.stream()
                .filter(schedule -> schedule.cluster().equals(cluster))
                .toList();
        if (meant.isEmpty() && cluster.equals(DEFAULT)) meant = named;
        if (meant.isEmpty()) throw ApiError.resourceNotFound("Schedule " + name + " does not exist.");
        if (meant.size() > 1)
            throw EventBridgeScheduler.validation(
                    "Several clusters have a schedule " + name + ": name the cluster as GroupName.");
        return meant.get(0);
    }
}
