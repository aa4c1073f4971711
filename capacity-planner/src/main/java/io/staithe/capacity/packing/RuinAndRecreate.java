package io.staithe.capacity.packing;

import java.util.Collection;

/**
 * A search around a packing: give a few hosts back, pack their tasks anew, keep it if it is no dearer (Schrimpf et al. 2000).
 * Hosts of which little is made for their price go more often. Chance is a sequence of numbers that is always the same.
 */
final class RuinAndRecreate {
    private static final int LEAST_HOSTS = 2;
    private static final int MOST_HOSTS = 12;
    private static final int ROUNDS = 3;
    /** One after another without a gain: then there is hardly one to be found. */
    private static final int MOST_IN_VAIN = 2_000;

    private final Collection<Pattern> patterns;
    private final double[] values;
    private final Work work;
    private long chance = 0x5DEECE66DL;

    /**
     * @param patterns that have proved good
     * @param values of tasks, by class
     */
    RuinAndRecreate(Collection<Pattern> patterns, double[] values, Work work) {
        this.patterns = patterns;
        this.values = values;
        this.work = work;
    }

    /** @param enough a cost that nothing falls below, in dollars an hour */
    Solution improve(Solution start, double enough) {
        Solution best = start;
        int inVain = 0;
        while (!work.isSpent() && best.cost() > enough && best.hosts().size() > 1 && inVain++ < MOST_IN_VAIN) {
            Solution tried = best.copy();
            int hosts = Math.min(tried.hosts().size(), LEAST_HOSTS + draw(MOST_HOSTS - LEAST_HOSTS));
            for (int host = 0; host < hosts; host++) tried.giveBack(poorest(tried));
            Dive.complete(tried, Dive.within(tried, patterns), ROUNDS, work);
            if (tried.cost() > best.cost()) continue;
            if (tried.cost() < best.cost()) inVain = 0;
            best = tried;
        }
        return best;
    }

    /** The one of three on which most is lost. */
    private int poorest(Solution solution) {
        int poorest = draw(solution.hosts().size());
        for (int more = 0; more < 2; more++) {
            int other = draw(solution.hosts().size());
            if (loss(solution, other) > loss(solution, poorest)) poorest = other;
        }
        return poorest;
    }

    private double loss(Solution solution, int host) {
        Pattern pattern = solution.hosts().get(host);
        return Master.dollars(solution.grid().prices[pattern.offer]) - pattern.value(values);
    }

    /** 0 to less than {@code below}: xorshift (Marsaglia 2003). */
    private int draw(int below) {
        chance ^= chance << 13;
        chance ^= chance >>> 7;
        chance ^= chance << 17;
        return (int) Math.floorMod(chance, (long) below);
    }
}
