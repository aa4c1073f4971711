package io.staithe.capacity.packing;

import org.jspecify.annotations.Nullable;

/** Buys again and again the host of which most is made for its price. Good, and quick whatever the demand. */
final class Greedy {
    /** A task that the prices give nothing for, as there is room for it anyway, still wants a host. */
    static final double LEAST = 1e-7;

    private Greedy() {}

    /**
     * Until nothing is left that can be had.
     *
     * @param values by class, of a task in dollars an hour
     * @param prices by offer, in dollars an hour
     */
    static void complete(Solution solution, double[] values, double[] prices, Work work) {
        Grid grid = solution.grid();
        double[] worth = new double[values.length];
        for (int taskClass = 0; taskClass < worth.length; taskClass++)
            worth[taskClass] = Math.max(values[taskClass], LEAST * grid.missing[taskClass]);
        while (!solution.isComplete()) {
            Pattern best = best(solution, worth, prices, work);
            if (best == null) return;
            int times = Math.min(
                    best.timesWithin(solution.remaining()), solution.stock().most(best.offer));
            if (times > 1) solution.buy(best, times);
            else if (!solution.buy(best.counts)) return;
        }
    }

    private static @Nullable Pattern best(Solution solution, double[] values, double[] prices, Work work) {
        Grid grid = solution.grid();
        Pattern best = null;
        double most = 0;
        for (int offer = 0; offer < grid.offers(); offer++) {
            if (solution.stock().most(offer) == 0) continue;
            Knapsack.Filling filling = Knapsack.fill(
                    grid,
                    grid.usable[offer],
                    grid.rooms[offer],
                    values,
                    solution.remaining(),
                    4L * values.length + 10,
                    work);
            double ratio = filling.value() / prices[offer];
            if (ratio <= most * (1 + 1e-9)) continue;
            most = ratio;
            best = new Pattern(offer, filling.counts());
        }
        return best;
    }
}
