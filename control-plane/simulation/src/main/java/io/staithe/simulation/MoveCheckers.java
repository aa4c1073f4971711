package io.staithe.simulation;

import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.time.Duration;
import java.time.Instant;

/** What the mover begins is allowed. */
final class MoveCheckers {
    /** From deciding to committing. */
    private static final Duration DECISION = Duration.ofSeconds(3);

    private final Timeline timeline;

    MoveCheckers(Timeline timeline) {
        this.timeline = timeline;
    }

    void isAllowed(ClusterState before, ClusterState after, Task was, Task is) {
        if (was.relocation() != null || is.relocation() == null) return;
        Rebalancing rebalancing = before.cluster(is.cluster()).orElseThrow().rebalancingOrDefault();
        Instant now = timeline.now();
        if (!rebalancing.opensAt(now) && !rebalancing.opensAt(now.minus(DECISION)))
            throw new Violation("moves begin within the windows", is.id() + " by " + rebalancing);
        long underWay = after.tasksIn(is.cluster())
                .filter(task -> !task.isStopped() && task.relocation() != null)
                .count();
        if (underWay > rebalancing.movesAtOnce())
            throw new Violation("as many moves at once as allowed", underWay + " of " + rebalancing.movesAtOnce());
        if (was.isProtectedAt(now))
            throw new Violation("protected tasks stay", is.id().value());
        if (was.service() == null)
            throw new Violation("only services' tasks move", is.id().value());
    }
}
