package io.staithe.core.rebalance;

import java.util.Comparator;
import java.util.List;

/**
 * Moves that make the cluster better.
 *
 * @param code of the event that says so
 * @param moves those that may begin now, at least one
 * @param gain what all of it is worth: tasks that a zone has too many, or hosts that become empty
 * @param cost how many tasks have to move for it, now and later
 */
record Proposal(String code, List<Relocated> moves, int gain, int cost) implements Finding {
    /** The most for each task that is disturbed; then the least disturbance. */
    static final Comparator<Proposal> BEST_FIRST = Comparator.comparingDouble(Proposal::worth)
            .reversed()
            .thenComparing(Proposal::cost)
            .thenComparing(proposal -> proposal.moves.get(0).task().id());

    Proposal {
        moves = List.copyOf(moves);
    }

    private double worth() {
        return (double) gain / cost;
    }
}
