package io.staithe.capacity.packing;

import java.util.ArrayList;
import java.util.List;

/** Hosts bought so far, how they are filled, and the tasks that are left. */
final class Solution {
    private final Grid grid;
    private final Stock stock;
    private final int[] remaining;
    private final List<Pattern> hosts;

    Solution(Grid grid, int[] demand) {
        this(grid, new Stock(grid), demand.clone(), new ArrayList<>());
    }

    private Solution(Grid grid, Stock stock, int[] remaining, List<Pattern> hosts) {
        this.grid = grid;
        this.stock = stock;
        this.remaining = remaining;
        this.hosts = hosts;
    }

    Solution copy() {
        return new Solution(grid, stock.copy(), remaining.clone(), new ArrayList<>(hosts));
    }

    Grid grid() {
        return grid;
    }

    Stock stock() {
        return stock;
    }

    /** By class, tasks without a host. */
    int[] remaining() {
        return remaining;
    }

    /** One entry for each host. */
    List<Pattern> hosts() {
        return hosts;
    }

    boolean isComplete() {
        return Grid.isEmpty(remaining);
    }

    /** In dollars an hour, with what the tasks that are left count as. */
    double cost() {
        double missing = 0;
        for (int taskClass = 0; taskClass < remaining.length; taskClass++)
            missing += grid.missing[taskClass] * remaining[taskClass];
        return Master.dollars(micros()) + missing;
    }

    long micros() {
        return hosts.stream().mapToLong(host -> grid.prices[host.offer]).sum();
    }

    /**
     * Buys a host for those of these tasks that are left: of the cheapest offer that holds them and can be had.
     *
     * @return whether one was bought
     */
    boolean buy(int[] tasks) {
        int[] wanted = Pattern.within(tasks, remaining);
        if (Grid.isEmpty(wanted)) return false;
        for (int offer = 0; offer < grid.offers(); offer++) {
            if (stock.most(offer) == 0 || !grid.holds(offer, wanted)) continue;
            buy(new Pattern(offer, wanted), 1);
            return true;
        }
        return false;
    }

    /** Buys these; there must be as many tasks, and as much in stock. */
    void buy(Pattern pattern, int times) {
        stock.take(pattern.offer, times);
        for (int taskClass = 0; taskClass < remaining.length; taskClass++)
            remaining[taskClass] -= times * pattern.counts[taskClass];
        for (int time = 0; time < times; time++) hosts.add(pattern);
    }

    /** Gives one back; its tasks are left again. */
    Pattern giveBack(int host) {
        Pattern pattern = hosts.get(host);
        hosts.set(host, hosts.get(hosts.size() - 1));
        hosts.remove(hosts.size() - 1);
        stock.take(pattern.offer, -1);
        for (int taskClass = 0; taskClass < remaining.length; taskClass++)
            remaining[taskClass] += pattern.counts[taskClass];
        return pattern;
    }
}
