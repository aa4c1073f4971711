package io.staithe.capacity.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Resources;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against looking at every filling there is. */
class KnapsackTest {
    private static final int CLASSES = 5;
    private static final int MOST = 4;
    private static final long ALL = Long.MAX_VALUE;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void branchAndBoundFindsTheMostValuable(long seed) {
        Random random = new Random(seed);
        Grid grid = grid(random, 40, MOST);
        double[] values = values(random, grid);
        int[] most = random.ints(grid.classes(), 0, MOST + 1).toArray();
        Knapsack.Filling filling = fill(grid, values, most, ALL);
        assertEquals(best(grid, values, most, 0, grid.rooms[0].clone()), filling.value(), 1e-6);
        assertTrue(filling.proven());
        isWorth(grid, values, most, filling);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsGivenUpEarlyKnowsABound(long seed) {
        Random random = new Random(seed);
        Grid grid = grid(random, 40, MOST);
        double[] values = values(random, grid);
        int[] most = random.ints(grid.classes(), 0, MOST + 1).toArray();
        Knapsack.Filling filling = fill(grid, values, most, 1 + random.nextInt(8));
        double best = best(grid, values, most, 0, grid.rooms[0].clone());
        assertTrue(filling.value() <= best + 1e-6);
        assertTrue(filling.upper() >= best - 1e-6, filling + " for " + best);
        isWorth(grid, values, most, filling);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theTableFindsTheMostValuable(long seed) {
        Random random = new Random(seed);
        Grid grid = grid(random, 12, 100);
        double[] values = values(random, grid);
        int[] any = new int[grid.classes()];
        Arrays.fill(any, 100);
        Knapsack.Filling filling = KnapsackTable.of(grid).orElseThrow().fill(values, new Work(ALL))[0];
        assertEquals(best(grid, values, any, 0, grid.rooms[0].clone()), filling.value(), 1e-6);
        isWorth(grid, values, any, filling);
    }

    @Test
    void thereIsNoTableOfTooManyAmounts() {
        BitSet all = new BitSet();
        all.set(0);
        Grid grid = Grid.of(new PackingProblem(
                List.of(new TaskClass(1, new Resources(1, 1, 0), all)),
                List.of(new Offer("large", new Resources(100_000, 100_000, 0), 1, 1))));
        assertTrue(KnapsackTable.of(grid).isEmpty());
    }

    private static Knapsack.Filling fill(Grid grid, double[] values, int[] most, long nodes) {
        return Knapsack.fill(grid, grid.usable[0], grid.rooms[0], values, most, nodes, new Work(ALL));
    }

    private static void isWorth(Grid grid, double[] values, int[] most, Knapsack.Filling filling) {
        assertTrue(grid.holds(0, filling.counts()));
        assertEquals(new Pattern(0, filling.counts()).value(values), filling.value(), 1e-6);
        for (int taskClass = 0; taskClass < most.length; taskClass++)
            assertTrue(filling.counts()[taskClass] <= most[taskClass]);
    }

    private static Grid grid(Random random, int room, int count) {
        BitSet all = new BitSet();
        all.set(0);
        List<TaskClass> classes = IntStream.range(0, CLASSES)
                .mapToObj(taskClass -> new TaskClass(
                        count, new Resources(random.nextInt(12), 1 + random.nextInt(12), random.nextInt(2)), all))
                .toList();
        return Grid.of(new PackingProblem(
                classes,
                List.of(new Offer(
                        "host",
                        new Resources(random.nextInt(room), random.nextInt(room) + 1, random.nextInt(6)),
                        1_000_000,
                        1))));
    }

    private static double[] values(Random random, Grid grid) {
        return random.doubles(grid.classes(), 0, 10).toArray();
    }

    private static double best(Grid grid, double[] values, int[] most, int from, int[] room) {
        if (from == values.length) return 0;
        double best = 0;
        for (int count = 0; count <= most[from]; count++) {
            int[] left = room.clone();
            for (int resource = 0; resource < left.length; resource++)
                left[resource] -= count * grid.needs[from][resource];
            if (Arrays.stream(left).anyMatch(amount -> amount < 0)) break;
            best = Math.max(best, count * values[from] + best(grid, values, most, from + 1, left));
        }
        return best;
    }
}
