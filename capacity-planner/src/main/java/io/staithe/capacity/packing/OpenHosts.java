package io.staithe.capacity.packing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Fills hosts that are there with what would cost most elsewhere, the roomiest host last: it takes what others cannot. */
final class OpenHosts {
    private static final long NODES = 1_000;

    /** What goes on one. */
    @SuppressWarnings("ArrayRecordComponent") // it is never compared
    record Filled(int host, int[] counts) {}

    private OpenHosts() {}

    /** @param demand by class, tasks without a host: those that get one here are taken off */
    static List<Filled> fill(Grid grid, int[] demand, Work work) {
        List<OpenHost> open = grid.problem.open();
        if (open.isEmpty() || Grid.isEmpty(demand)) return List.of();
        int[] sortedOf = new int[grid.offers()];
        for (int offer = 0; offer < sortedOf.length; offer++) sortedOf[grid.offerOf[offer]] = offer;
        double[] values = ResourcePrices.ofTasks(grid, demand);
        for (int taskClass = 0; taskClass < values.length; taskClass++)
            values[taskClass] = Math.max(values[taskClass], Greedy.LEAST * grid.missing[taskClass]);
        List<Filled> filled = new ArrayList<>();
        int[] order = IntStream.range(0, open.size())
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(host -> worth(
                                grid, open.get(host), sortedOf[open.get(host).offer()]))
                        .thenComparing(host -> sortedOf[open.get(host).offer()])
                        .thenComparing(host -> open.get(host).room().toString()))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int host : order) {
            if (Grid.isEmpty(demand)) return filled;
            int offer = sortedOf[open.get(host).offer()];
            int[] room = grid.amounts(open.get(host).room());
            int[] counts = Knapsack.fill(grid, grid.usable[offer], room, values, demand, NODES, work)
                    .counts();
            if (Grid.isEmpty(counts)) continue;
            for (int taskClass = 0; taskClass < demand.length; taskClass++) demand[taskClass] -= counts[taskClass];
            filled.add(new Filled(host, counts));
        }
        return filled;
    }

    /** What its room is of a new one, times the price. */
    private static double worth(Grid grid, OpenHost host, int offer) {
        int[] room = grid.amounts(host.room());
        double share = 1;
        for (int resource = 0; resource < room.length; resource++)
            if (grid.rooms[offer][resource] > 0)
                share = Math.min(share, (double) room[resource] / grid.rooms[offer][resource]);
        return share * grid.prices[offer];
    }
}
