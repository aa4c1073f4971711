package io.staithe.core.rebalance;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Task;
import io.staithe.core.scheduler.Fleet;
import io.staithe.core.scheduler.Fleets;
import io.staithe.core.scheduler.Pass;
import io.staithe.core.scheduler.Placement;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A state in which moves are tried out. The scheduler that would carry them out is the one that answers. */
final class Trial {
    private final String cluster;
    private final Fleets fleets;
    private final Instant now;
    private ClusterState state;

    Trial(ClusterState state, String cluster, Fleets fleets, Instant now) {
        this.state = state;
        this.cluster = cluster;
        this.fleets = fleets;
        this.now = now;
    }

    Trial copy() {
        return new Trial(state, cluster, fleets, now);
    }

    ClusterState state() {
        return state;
    }

    /** How many tasks of the group run where the attribute has each value. */
    Map<String, Integer> spread(String group, String attribute) {
        return fleet().spread(group, attribute);
    }

    /** Places a new task; empty: no host takes it, and nothing has changed. */
    Optional<ContainerInstance> start(Task task) {
        Placement placement =
                new Pass(state, cluster, fleet(), now).decide(List.of(task)).get(0);
        if (!(placement instanceof Placement.On on)) return Optional.empty();
        ContainerInstance host = on.host().instance();
        apply(task.but()
                .placed(host.id(), now, on.why())
                .lastStatus(LastStatus.PENDING)
                .build());
        return Optional.of(host);
    }

    /** Takes a task away, as if it had never been there. */
    void remove(Task task) {
        apply(task.but().stoppedAt(now).build());
    }

    private void apply(Task task) {
        state = state.apply(Plan.of(Change.put(task, Change.ANY)), state.revision() + 1);
    }

    private Fleet fleet() {
        return fleets.at(state, cluster);
    }
}
