package io.staithe.capacity.packing;

import java.util.stream.IntStream;

/**
 * A handful of tasks, exactly: the cheapest way to pack each part of them, from the smallest parts up (dynamic programming over
 * multisets). Only where no limit comes in between.
 */
final class SmallDemand {
    /** Ten different tasks are 3^10 pairs of a part and one host's share of it. */
    private static final long MOST_PAIRS = 60_000;

    private static final long NONE = Long.MAX_VALUE / 4;

    private final Grid grid;
    private final int[] classes;
    /** How far apart in the numbering two parts are that differ in one task of a class. */
    private final int[] strides;

    private final int[] demand;
    /** By part: of the cheapest host that holds it, and of the cheapest packing of it. */
    private final int[] offers;

    private final long[] costs;
    private final int[] firstHost;

    private SmallDemand(Grid grid, int[] classes, int[] demand, int parts) {
        this.grid = grid;
        this.classes = classes;
        this.demand = demand;
        strides = new int[classes.length];
        int stride = 1;
        for (int at = 0; at < classes.length; at++) {
            strides[at] = stride;
            stride *= demand[classes[at]] + 1;
        }
        offers = new int[parts];
        costs = new long[parts];
        firstHost = new int[parts];
    }

    /** @return false: it is too large for that, and nothing was done */
    static boolean complete(Solution solution, Work work) {
        int[] remaining = solution.remaining();
        Grid grid = solution.grid();
        long pairs = 1;
        int tasks = 0;
        for (int count : remaining) {
            tasks += count;
            pairs *= (count + 1L) * (count + 2) / 2;
            if (pairs > MOST_PAIRS) return false;
        }
        for (int offer = 0; offer < grid.offers(); offer++) if (solution.stock().most(offer) < tasks) return false;
        int[] classes = IntStream.range(0, remaining.length)
                .filter(taskClass -> remaining[taskClass] > 0)
                .toArray();
        int parts = 1;
        for (int taskClass : classes) parts *= remaining[taskClass] + 1;
        work.spend(2 * pairs + (long) parts * grid.offers());
        new SmallDemand(grid, classes, remaining.clone(), parts).solve(solution);
        return true;
    }

    private void solve(Solution solution) {
        for (int part = 1; part < costs.length; part++) {
            offers[part] = cheapest(part);
            costs[part] = NONE;
            int last = classes.length - 1;
            while (count(part, last) == 0) last--;
            split(part, last, last, 0);
        }
        for (int part = costs.length - 1; part > 0; part -= firstHost[part])
            solution.buy(new Pattern(offers[firstHost[part]], tasks(firstHost[part])), 1);
    }

    /** All ways to fill the host that has one of the part's last class. */
    private void split(int part, int last, int at, int host) {
        if (at < 0) {
            if (offers[host] < 0) return;
            long cost = grid.prices[offers[host]] + costs[part - host];
            if (cost >= costs[part]) return;
            costs[part] = cost;
            firstHost[part] = host;
            return;
        }
        int least = at == last ? 1 : 0;
        for (int count = count(part, at); count >= least; count--)
            split(part, last, at - 1, host + count * strides[at]);
    }

    private int count(int part, int at) {
        return part / strides[at] % (demand[classes[at]] + 1);
    }

    private int cheapest(int part) {
        int[] tasks = tasks(part);
        for (int offer = 0; offer < grid.offers(); offer++) if (grid.holds(offer, tasks)) return offer;
        return -1;
    }

    private int[] tasks(int part) {
        int[] tasks = new int[grid.classes()];
        for (int at = 0; at < classes.length; at++) tasks[classes[at]] = count(part, at);
        return tasks;
    }
}
