package io.staithe.capacity.packing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against every way to part the tasks among hosts. */
class SmallDemandTest {
    private static final int MOST_TASKS = 7;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void isTheCheapest(long seed) {
        Grid grid = Grid.of(new RandomProblem(seed).unlimited(5, 2, 5));
        int[] tasks = IntStream.range(0, grid.classes())
                .flatMap(taskClass -> IntStream.generate(() -> taskClass).limit(grid.counts[taskClass]))
                .limit(MOST_TASKS)
                .toArray();
        int[] demand = new int[grid.classes()];
        for (int taskClass : tasks) demand[taskClass]++;
        Solution solution = new Solution(grid, demand);
        assertTrue(SmallDemand.complete(solution, new Work(Long.MAX_VALUE)));
        assertTrue(solution.isComplete());
        assertEquals(cheapest(grid, tasks, 0, new ArrayList<>()), solution.micros());
    }

    private static long cheapest(Grid grid, int[] tasks, int next, List<int[]> hosts) {
        if (next == tasks.length)
            return hosts.stream().mapToLong(host -> price(grid, host)).sum();
        hosts.add(new int[grid.classes()]);
        long cheapest = Long.MAX_VALUE;
        for (int[] host : List.copyOf(hosts)) {
            host[tasks[next]]++;
            if (price(grid, host) < Long.MAX_VALUE)
                cheapest = Math.min(cheapest, cheapest(grid, tasks, next + 1, hosts));
            host[tasks[next]]--;
        }
        hosts.remove(hosts.size() - 1);
        return cheapest;
    }

    private static long price(Grid grid, int[] host) {
        if (Grid.isEmpty(host)) return 0;
        return IntStream.range(0, grid.offers())
                .filter(offer -> grid.holds(offer, host))
                .mapToLong(offer -> grid.prices[offer])
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
