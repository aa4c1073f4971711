package io.staithe.capacity.packing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Why hosts of an offer are bought.
 *
 * @param offer its name
 * @param hosts of it
 * @param tasks on them
 * @param microsPerTask what one task costs on them, in millionths of a dollar an hour
 * @param next the offer that would be the next best for the same tasks; absent: no other may run them all
 * @param nextMicrosPerTask what one would cost there at least, were hosts filled to the brim; 0 without a next one
 */
public record Reason(
        String offer,
        int hosts,
        long tasks,
        long microsPerTask,
        @Nullable String next,
        long nextMicrosPerTask) {
    private static final double MICROS = 1e6;

    /** {@code 3 m6i.large for 12 tasks: $0.024000 an hour each, on c6i.large at least $0.026000}. */
    @Override
    public String toString() {
        String first = String.format(
                Locale.ROOT, "%,d %s for %,d tasks: $%.6f an hour each", hosts, offer, tasks, microsPerTask / MICROS);
        return next == null
                ? first + ", and no other type may run them all"
                : String.format(Locale.ROOT, "%s, on %s at least $%.6f", first, next, nextMicrosPerTask / MICROS);
    }

    static List<Reason> of(Solution solution) {
        List<Reason> reasons = new ArrayList<>();
        for (int offer = 0; offer < solution.grid().offers(); offer++) {
            int bought = offer;
            List<Pattern> hosts = solution.hosts().stream()
                    .filter(host -> host.offer == bought)
                    .toList();
            if (!hosts.isEmpty()) reasons.add(of(solution.grid(), offer, hosts));
        }
        return reasons;
    }

    private static Reason of(Grid grid, int offer, List<Pattern> hosts) {
        int[] tasks = new int[grid.classes()];
        long count = 0;
        for (Pattern host : hosts) {
            for (int taskClass = 0; taskClass < tasks.length; taskClass++) {
                tasks[taskClass] += host.counts[taskClass];
                count += host.counts[taskClass];
            }
        }
        String next = null;
        double least = Double.POSITIVE_INFINITY;
        for (int other = 0; other < grid.offers(); other++) {
            double cost = other == offer ? Double.POSITIVE_INFINITY : costOn(grid, other, tasks);
            if (cost >= least) continue;
            least = cost;
            next = name(grid, other);
        }
        return new Reason(
                name(grid, offer),
                hosts.size(),
                count,
                hosts.size() * grid.prices[offer] / count,
                next,
                next == null ? 0 : (long) (least / count));
    }

    /** At least that many hosts, the scarcest resource filled to the brim; infinite when it may not run one of them. */
    private static double costOn(Grid grid, int offer, int[] tasks) {
        for (int taskClass = 0; taskClass < tasks.length; taskClass++)
            if (tasks[taskClass] > 0 && !grid.usable[offer][taskClass]) return Double.POSITIVE_INFINITY;
        long[] needs = grid.needsOf(tasks);
        double hosts = 1;
        for (int resource = 0; resource < needs.length; resource++)
            if (needs[resource] > 0) hosts = Math.max(hosts, (double) needs[resource] / grid.rooms[offer][resource]);
        return Math.ceil(hosts - 1e-9) * grid.prices[offer];
    }

    private static String name(Grid grid, int offer) {
        return grid.problem.offers().get(grid.offerOf[offer]).name();
    }
}
