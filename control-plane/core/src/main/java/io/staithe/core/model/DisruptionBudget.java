package io.staithe.core.model;

/**
 * How many tasks of a service may be replaced although nothing is wrong with them: moved by the mover, within what its cluster
 * allows, or because their host costs more than it is worth, or stopped for tasks of higher priority. Deployments, hosts that users
 * drain, and lost hosts are not its business.
 *
 * @param movesAtOnce 0 to 100; 0: its tasks are never moved, and never make room
 * @param movesPerHour 0 to 1,000
 */
public record DisruptionBudget(int movesAtOnce, int movesPerHour) {
    /** How much room a service without one makes for higher priorities. The mover asks the cluster instead. */
    public static final DisruptionBudget OF_PREEMPTION = new DisruptionBudget(10, Rebalancing.MAX_MOVES_PER_HOUR);

    public DisruptionBudget {
        Check.range(movesAtOnce, 0, Rebalancing.MAX_MOVES_AT_ONCE, "movesAtOnce");
        Check.range(movesPerHour, 0, Rebalancing.MAX_MOVES_PER_HOUR, "movesPerHour");
    }
}
