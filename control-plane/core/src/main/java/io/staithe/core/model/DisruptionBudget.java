package io.staithe.core.model;

/**
 * How many tasks of a service the mover may replace elsewhere, within what its cluster allows. Deployments, draining and
 * lost hosts are not its business.
 *
 * @param movesAtOnce 0 to 100; 0: its tasks are never moved
 * @param movesPerHour 0 to 1,000
 */
public record DisruptionBudget(int movesAtOnce, int movesPerHour) {
    public DisruptionBudget {
        Check.range(movesAtOnce, 0, Rebalancing.MAX_MOVES_AT_ONCE, "movesAtOnce");
        Check.range(movesPerHour, 0, Rebalancing.MAX_MOVES_PER_HOUR, "movesPerHour");
    }
}
