package io.staithe.capacity.packing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * From fractions to whole hosts: solve the {@link Master}, buy the whole part of each pattern, solve it again for what is left,
 * and when no whole part remains round up the largest fraction (diving; Wäscher and Gau 1996 for cutting stock, Sadykov et al.
 * 2019). What is small enough in the end is packed exactly.
 */
final class Dive {
    private static final double NONE = 1e-6;
    private static final double WHOLE = 1 - NONE;

    private Dive() {}

    /**
     * Completes the solution as far as limits let it.
     *
     * @param start patterns to begin with
     * @param rounds of column generation before each rounding
     * @return the patterns that were found
     */
    static Collection<Pattern> complete(Solution solution, Collection<Pattern> start, int rounds, Work work) {
        Collection<Pattern> patterns = start;
        while (!solution.isComplete() && !work.isSpent()) {
            if (SmallDemand.complete(solution, work)) return patterns;
            Master master = new Master(solution.grid(), solution.remaining(), solution.stock(), patterns, null, work);
            master.solve(rounds);
            double[] times = master.solution();
            if (!buyWhole(solution, master.patterns(), times) && !buyLargest(solution, master.patterns(), times)) {
                Greedy.complete(solution, master.values(), master.prices(), work);
                return master.patterns();
            }
            patterns = within(solution, master.patterns(), times);
        }
        return patterns;
    }

    private static boolean buyWhole(Solution solution, List<Pattern> patterns, double[] times) {
        boolean bought = false;
        for (int at = 0; at < times.length; at++) {
            if (times[at] < WHOLE) continue;
            Pattern pattern = patterns.get(at);
            int whole = (int) (times[at] + NONE);
            int most = Math.min(
                    pattern.timesWithin(solution.remaining()), solution.stock().most(pattern.offer));
            int buying = Math.min(whole, most);
            if (buying > 0) solution.buy(pattern, buying);
            bought |= buying > 0;
            if (buying < whole) bought |= solution.buy(pattern.counts);
        }
        return bought;
    }

    private static boolean buyLargest(Solution solution, List<Pattern> patterns, double[] times) {
        int largest = -1;
        for (int at = 0; at < times.length; at++)
            if (times[at] > NONE && (largest < 0 || times[at] > times[largest] + 1e-9)) largest = at;
        return largest >= 0 && solution.buy(patterns.get(largest).counts);
    }

    /** Those of which all is still wanted, at least once. */
    static List<Pattern> within(Solution solution, Collection<Pattern> patterns) {
        return patterns.stream()
                .filter(pattern -> pattern.timesWithin(solution.remaining()) > 0)
                .toList();
    }

    /** Also of those in use, what is still wanted of them. */
    private static List<Pattern> within(Solution solution, List<Pattern> patterns, double[] times) {
        List<Pattern> within = new ArrayList<>(within(solution, patterns));
        for (int at = 0; at < times.length; at++) {
            Pattern pattern = patterns.get(at);
            int[] wanted = Pattern.within(pattern.counts, solution.remaining());
            if (times[at] > NONE && !Grid.isEmpty(wanted)) within.add(new Pattern(pattern.offer, wanted));
        }
        return within;
    }
}
