package io.staithe.capacity.packing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The most valuable filling of every room at once, by dynamic programming over all amounts (Gilmore and Gomory 1966): exact, and
 * for all offers one table. Only where amounts come in few steps, as Fargate's sizes do. It does not know how many tasks there
 * are; what it says is worth at most what a filling is worth that does.
 */
final class KnapsackTable {
    private static final int DIMENSIONS = 3;
    /** Of the loop over the table, as measured beside what else counts as a step. */
    private static final int CELLS_PER_STEP = 8;

    private static final long MOST_CELLS = 32_000_000;

    private final Grid grid;
    /** By resource, the step that all needs are multiples of. */
    private final int[] steps;
    /** By resource, amounts of it from none to the largest room. */
    private final int[] sizes;
    /** Offers that may run the same classes share a table. */
    private final List<int[]> groups;

    private KnapsackTable(Grid grid, int[] steps, int[] sizes, List<int[]> groups) {
        this.grid = grid;
        this.steps = steps;
        this.sizes = sizes;
        this.groups = groups;
    }

    /** Empty: there are too many amounts. */
    static Optional<KnapsackTable> of(Grid grid) {
        int resources = grid.resources.size();
        if (resources > DIMENSIONS) return Optional.empty();
        int[] steps = new int[DIMENSIONS];
        int[] sizes = new int[DIMENSIONS];
        Arrays.fill(steps, 1);
        Arrays.fill(sizes, 1);
        List<int[]> groups = groups(grid);
        long cells = (long) grid.classes() * groups.size();
        for (int resource = 0; resource < resources; resource++) {
            int at = resource;
            steps[at] = IntStream.range(0, grid.classes())
                    .map(taskClass -> grid.needs[taskClass][at])
                    .reduce(0, KnapsackTable::commonStep);
            sizes[at] = IntStream.range(0, grid.offers())
                            .map(offer -> grid.rooms[offer][at] / steps[at])
                            .max()
                            .orElse(0)
                    + 1;
            cells *= sizes[at];
            if (cells > MOST_CELLS) return Optional.empty();
        }
        return Optional.of(new KnapsackTable(grid, steps, sizes, groups));
    }

    /** By offer. */
    Knapsack.Filling[] fill(double[] values, Work work) {
        Knapsack.Filling[] fillings = new Knapsack.Filling[grid.offers()];
        for (int[] group : groups) {
            int[] items = IntStream.range(0, values.length)
                    .filter(taskClass -> values[taskClass] > 0 && grid.allowed[group[0]][taskClass])
                    .toArray();
            double[] table = table(items, values);
            work.spend((long) table.length * items.length / CELLS_PER_STEP);
            for (int offer : group) fillings[offer] = read(table, items, values, grid.rooms[offer]);
        }
        return fillings;
    }

    private double[] table(int[] items, double[] values) {
        double[] table = new double[sizes[0] * sizes[1] * sizes[2]];
        for (int item : items) {
            int[] needs = inSteps(grid.needs[item]);
            double value = values[item];
            int back = index(needs);
            for (int first = needs[0]; first < sizes[0]; first++)
                for (int second = needs[1]; second < sizes[1]; second++) {
                    int row = (first * sizes[1] + second) * sizes[2];
                    for (int cell = row + needs[2]; cell < row + sizes[2]; cell++)
                        table[cell] = Math.max(table[cell], table[cell - back] + value);
                }
        }
        return table;
    }

    private Knapsack.Filling read(double[] table, int[] items, double[] values, int[] of) {
        int[] room = inSteps(of);
        int[] counts = new int[values.length];
        double value = table[index(room)];
        while (true) {
            int best = -1;
            double most = 0;
            for (int item : items) {
                int[] needs = inSteps(grid.needs[item]);
                if (needs[0] > room[0] || needs[1] > room[1] || needs[2] > room[2]) continue;
                double with = values[item] + table[index(room) - index(needs)];
                if (with <= most) continue;
                most = with;
                best = item;
            }
            if (best < 0) return new Knapsack.Filling(counts, value, value, true);
            counts[best]++;
            int[] needs = inSteps(grid.needs[best]);
            for (int at = 0; at < DIMENSIONS; at++) room[at] -= needs[at];
        }
    }

    private int[] inSteps(int[] amounts) {
        int[] inSteps = new int[DIMENSIONS];
        for (int at = 0; at < amounts.length; at++) inSteps[at] = amounts[at] / steps[at];
        return inSteps;
    }

    private int index(int[] at) {
        return (at[0] * sizes[1] + at[1]) * sizes[2] + at[2];
    }

    private static List<int[]> groups(Grid grid) {
        List<int[]> groups = new ArrayList<>();
        boolean[] grouped = new boolean[grid.offers()];
        for (int first = 0; first < grouped.length; first++) {
            if (grouped[first]) continue;
            boolean[] like = grid.allowed[first];
            int[] group = IntStream.range(first, grouped.length)
                    .filter(offer -> Arrays.equals(grid.allowed[offer], like))
                    .toArray();
            for (int offer : group) grouped[offer] = true;
            groups.add(group);
        }
        return groups;
    }

    private static int commonStep(int one, int other) {
        return BigInteger.valueOf(one).gcd(BigInteger.valueOf(other)).intValue();
    }
}
