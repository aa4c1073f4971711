package io.staithe.capacity.planner;

import io.staithe.core.model.HostGroup;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.List;

/** What the hosts of tasks cannot cost less than, however they are packed: to judge by what is bought. */
public final class LowerBound {
    private LowerBound() {}

    /**
     * @param tasks of one capacity provider of a cluster, as if none had a host yet
     * @return millionths of a dollar an hour
     */
    public static long microsPerHour(
            ClusterState state, HostGroup group, String provider, String cluster, List<Task> tasks, Instant now) {
        Buying buying = new Buying(state, group, provider, cluster, Integer.MAX_VALUE, now);
        List<Need> needs = tasks.stream().map(task -> Need.of(task, state)).toList();
        if (!buying.isDedicated()) return SharedHosts.bound(buying, needs);
        DedicatedHosts.buy(buying, needs);
        return buying.hosts().stream().mapToLong(host -> host.microsPerHour()).sum();
    }
}
