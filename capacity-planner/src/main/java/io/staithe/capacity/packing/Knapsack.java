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
    /** For what the fraction leaves over. */
    private static final long FEW_NODES = 200;

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
    /** By class, how many the fraction takes, rounded down. */
    private final int[] whole;

    private final int[] counts;
    private int[] best;
    private double bestValue;
    private double enough;
    private long nodes;
    private long visits;

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
        whole = new int[values.length];
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
        double upper = bound(0);
        enough = upper * (1 - TOLERANCE);
        searchAroundWhole(Math.min(atMost, FEW_NODES));
        nodes = atMost;
        if (bestValue < enough) search(0, 0);
        work.spend(visits * (1 + room.length) + 20L * values.length);
        boolean proven = nodes > 0;
        return new Filling(best, bestValue, proven ? Math.min(upper, bestValue + TOLERANCE) : upper, proven);
    }

    /** What the fraction takes as a whole is a good beginning where many tasks fit: only the rest is searched. */
    private void searchAroundWhole(long few) {
        nodes = few;
        double value = 0;
        for (int item : items) {
            take(item, whole[item]);
            value += whole[item] * values[item];
        }
        search(0, value);
        for (int item : items) take(item, -whole[item]);
    }

    private void search(int depth, double value) {
        if (value > bestValue + TOLERANCE) {
            bestValue = value;
            best = counts.clone();
        }
        if (depth == items.length || --nodes <= 0) return;
        if (value + bound(depth) <= bestValue + TOLERANCE) return;
        int item = items[depth];
        int fitting = Math.min(most[item] - counts[item], fitting(item));
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
        for (int at = depth; at < items.length; at++) {
            int item = items[at];
            if (left <= TOLERANCE && sizes[item] > 0) return sum;
            visits++;
            int fitting = Math.min(most[item] - counts[item], fitting(item));
            double size = fitting * sizes[item];
            if (size >= left && size > 0) return sum + left * densities[item];
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

    /**
     * The resources' dual prices when tasks may be cut to fill the host. Rare tasks, which would run out first, get rows of
     * their own: else they would set the prices.
     */
    private double[] weights(int[] worth) {
        int[] rare =
                IntStream.of(worth).filter(item -> most[item] < fitting(item)).toArray();
        double[] rhs = new double[room.length + rare.length];
        Arrays.fill(rhs, 1);
        for (int at = 0; at < rare.length; at++) rhs[room.length + at] = most[rare[at]];
        Simplex simplex = new Simplex(rhs, new double[rhs.length]);
        for (int item : worth) {
            int ownRow = Arrays.binarySearch(rare, item);
            int[] rows = IntStream.range(0, room.length + (ownRow < 0 ? 0 : 1)).toArray();
            double[] shares = new double[rows.length];
            for (int resource = 0; resource < room.length; resource++)
                if (room[resource] > 0) shares[resource] = (double) grid.needs[item][resource] / room[resource];
            if (ownRow >= 0) {
                rows[room.length] = room.length + ownRow;
                shares[room.length] = 1;
            }
            simplex.add(-values[item], rows, shares);
        }
        simplex.solve(new Work(Long.MAX_VALUE));
        double[] times = simplex.solution();
        for (int at = 0; at < worth.length; at++)
            whole[worth[at]] = Math.min(most[worth[at]], (int) (times[rhs.length + at] + TOLERANCE));
        double[] prices = new double[room.length];
        for (int resource = 0; resource < prices.length; resource++)
            if (room[resource] > 0) prices[resource] = Math.max(0, -simplex.duals()[resource]) / room[resource];
        return prices;
    }
}
