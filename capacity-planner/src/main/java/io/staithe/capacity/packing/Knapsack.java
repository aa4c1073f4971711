package io.staithe.capacity.packing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The most valuable filling of one host: a bounded knapsack with several resources, by branch and bound. The bound is Dantzig's
 * on a surrogate: all resources weighted into one, with the dual prices of the knapsack by the fraction (Pirkul 1987; Kellerer,
 * Pferschy and Pisinger 2004, chapter 9). This is the pricing problem of column generation.
 */
final class Knapsack {
    private static final double TOLERANCE = 1e-9;

    private final Grid grid;
    private final double[] values;
    private final int[] most;
    private final Work work;
    private final int[] room;
    /** The classes worth taking, the densest first. */
    private final int[] items;
    /** By item, its weighted size; and its value in proportion. */
    private final double[] sizes;

    private final double[] densities;
    private final double[] weights;
    private final int[] counts;
    private int[] best;
    private double bestValue;
    private double enough;
    private long nodes;

    /**
     * The best that was found.
     *
     * @param counts by class
     * @param upper what no filling is worth more than
     * @param proven false: it was given up before all was looked at
     */
    @SuppressWarnings("ArrayRecordComponent") // it is never compared
    record Filling(int[] counts, double value, double upper, boolean proven) {}

    private Knapsack(Grid grid, boolean[] usable, int[] room, double[] values, int[] most, Work work) {
        this.grid = grid;
        this.values = values;
        this.most = most;
        this.work = work;
        this.room = room.clone();
        int[] worth = IntStream.range(0, values.length)
                .filter(item -> usable[item] && most[item] > 0 && values[item] > TOLERANCE && fitting(item) > 0)
                .toArray();
        weights = weights(worth);
        sizes = new double[values.length];
        densities = new double[values.length];
        for (int item : worth) {
            sizes[item] = weighted(grid.needs[item]);
            densities[item] = values[item] / sizes[item];
        }
        items = IntStream.of(worth)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(item -> -densities[item])
                        .thenComparingDouble(item -> -sizes[item]))
                .mapToInt(Integer::intValue)
                .toArray();
        counts = new int[values.length];
        best = new int[values.length];
    }

    /**
     * @param usable by class
     * @param values of a task of each class
     * @param most tasks of each class
     * @param nodes after which it is given up
     */
    static Filling fill(Grid grid, boolean[] usable, int[] room, double[] values, int[] most, long nodes, Work work) {
        return new Knapsack(grid, usable, room, values, most, work).fill(nodes);
    }

    private Filling fill(long atMost) {
        nodes = atMost;
        double upper = bound(0);
        enough = upper * (1 - TOLERANCE);
        search(0, 0);
        work.spend((atMost - nodes) * (2L + room.length) + 20L * values.length);
        boolean proven = nodes > 0;
        return new Filling(best, bestValue, proven ? Math.min(upper, bestValue + TOLERANCE) : upper, proven);
    }

    private void search(int depth, double value) {
        if (value > bestValue + TOLERANCE) {
            bestValue = value;
            best = counts.clone();
        }
        if (depth == items.length || --nodes <= 0) return;
        if (value + bound(depth) <= bestValue + TOLERANCE) return;
        int item = items[depth];
        int fitting = Math.min(most[item], fitting(item));
        take(item, fitting);
        for (int count = fitting; count >= 0; count--) {
            search(depth + 1, value + count * values[item]);
            if (nodes <= 0 || bestValue >= enough) {
                take(item, -count);
                return;
            }
            if (count > 0) take(item, -1);
        }
    }

    private void take(int item, int count) {
        counts[item] += count;
        int[] needs = grid.needs[item];
        for (int resource = 0; resource < room.length; resource++) room[resource] -= count * needs[resource];
    }

    /** What the items from here on can still add. */
    private double bound(int depth) {
        double left = weighted(room);
        double sum = 0;
        for (int at = depth; at < items.length && left > TOLERANCE; at++) {
            int item = items[at];
            int fitting = Math.min(most[item], fitting(item));
            double size = fitting * sizes[item];
            if (size >= left) return sum + left * densities[item];
            left -= size;
            sum += fitting * values[item];
        }
        return sum;
    }

    private int fitting(int item) {
        int[] needs = grid.needs[item];
        int fitting = Integer.MAX_VALUE;
        for (int resource = 0; resource < room.length; resource++)
            if (needs[resource] > 0) fitting = Math.min(fitting, room[resource] / needs[resource]);
        return fitting;
    }

    private double weighted(int[] amounts) {
        double sum = 0;
        for (int resource = 0; resource < amounts.length; resource++) sum += weights[resource] * amounts[resource];
        return sum;
    }

    /** The resources' dual prices when tasks may be cut to fill the host, each as often as one likes. */
    private double[] weights(int[] worth) {
        double[] full = new double[room.length];
        Arrays.fill(full, 1);
        Simplex simplex = new Simplex(full, new double[room.length]);
        for (int item : worth) {
            int[] rows = IntStream.range(0, room.length)
                    .filter(resource -> grid.needs[item][resource] > 0)
                    .toArray();
            double[] shares = new double[rows.length];
            for (int at = 0; at < rows.length; at++) shares[at] = (double) grid.needs[item][rows[at]] / room[rows[at]];
            simplex.add(-values[item], rows, shares);
        }
        simplex.solve(new Work(Long.MAX_VALUE));
        double[] prices = simplex.duals();
        for (int resource = 0; resource < prices.length; resource++)
            prices[resource] = room[resource] == 0 ? 0 : Math.max(0, -prices[resource]) / room[resource];
        return prices;
    }
}
