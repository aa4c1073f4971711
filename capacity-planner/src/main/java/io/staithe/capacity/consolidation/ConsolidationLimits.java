package io.staithe.capacity.consolidation;

/**
 * When a change is worth it.
 *
 * @param moves how many tasks may be moved, at least 0
 * @param minimumSavingPercent 1 to 99 of what the hosts that would go cost; since every change makes the whole cheaper by that
 *     much, none can be undone by another
 * @param minimumScore at least 0: the share of all cost that is saved, over the share of all disruption that it takes. At 1 a
 *     change that disturbs a tenth of the tasks must save a tenth of the cost
 */
public record ConsolidationLimits(int moves, int minimumSavingPercent, double minimumScore) {
    public ConsolidationLimits {
        if (moves < 0) throw new IllegalArgumentException("moves must not be negative: " + moves);
        if (minimumSavingPercent < 1 || minimumSavingPercent > 99)
            throw new IllegalArgumentException("minimumSavingPercent must be 1 to 99: " + minimumSavingPercent);
        if (!(minimumScore >= 0)) throw new IllegalArgumentException("minimumScore must not be negative");
    }
}
