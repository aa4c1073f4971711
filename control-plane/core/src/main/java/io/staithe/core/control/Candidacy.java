package io.staithe.core.control;

import io.staithe.core.model.Leader;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.Optional;

/** How a process comes to lead. */
public sealed interface Candidacy {
    /** Commit this on the process's lease; what comes of it shows in the state. */
    record Stand(Plan plan) implements Candidacy {}

    /** This process leads; every plan of its loop is fenced by the leader's key at this revision. */
    record Lead(long revision) implements Candidacy {}

    /** Another process leads. */
    record Wait() implements Candidacy {}

    /**
     * What to do now. A process whose claim was committed without an answer finds its own name in the state and leads;
     * otherwise its living lease would keep everybody, itself included, from leading for ever.
     *
     * @param name unique among all processes and all their lives
     */
    static Candidacy next(ClusterState state, String name, Instant now) {
        Optional<Leader> leader = state.get(Leader.KEY, Leader.class);
        if (leader.isEmpty()) return new Stand(Plan.of(Change.putLeased(new Leader(name, now), Change.ABSENT)));
        if (leader.get().holder().equals(name)) return new Lead(state.revisionOf(Leader.KEY));
        return new Wait();
    }
}
