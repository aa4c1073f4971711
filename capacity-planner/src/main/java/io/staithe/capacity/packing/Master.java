package io.staithe.capacity.packing;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The linear program over the patterns found so far (the restricted master problem of Dantzig and Wolfe 1960; for cutting
 * stock Gilmore and Gomory 1961): how often to use each, so that every task has a host and all cost least. Its dual prices say
 * what a task is worth, and the {@link Knapsack} finds the pattern that they make most of, until there is none that improves.
 */
final class Master {
    private static final double TOLERANCE = 1e-7;
    private static final long FEW_NODES = 50;
    private static final long MANY_NODES = 10_000;
    private static final double MICROS = 1e6;

    private final Grid grid;
    private final int[] demand;
    private final Stock stock;
    private final Work work;
    private final @Nullable KnapsackTable table;
    private final LimitRows limits;
    private final Simplex simplex;
    /** By row: the classes that have tasks. */
    private final int[] wanted;

    private final int[] rowOf;
    /** What the simplex's columns are, after those that are no patterns. */
    private final List<Pattern> patterns = new ArrayList<>();

    private final Set<Pattern> known = new HashSet<>();
    private final int firstPattern;
    private DualBound bound;

    /**
     * @param demand by class, tasks without a host
     * @param start patterns to begin with
     * @param table absent: patterns are looked for by branch and bound alone
     */
    Master(Grid grid, int[] demand, Stock stock, Collection<Pattern> start, @Nullable KnapsackTable table, Work work) {
        this.table = table;
        this.grid = grid;
        this.demand = demand;
        this.stock = stock;
        this.work = work;
        wanted = IntStream.range(0, demand.length)
                .filter(taskClass -> demand[taskClass] > 0)
                .toArray();
        rowOf = new int[demand.length];
        limits = new LimitRows(grid, stock, wanted.length, IntStream.of(demand).sum());
        double[] rhs = new double[wanted.length + limits.rows()];
        double[] unitCosts = new double[rhs.length];
        for (int row = 0; row < wanted.length; row++) {
            rowOf[wanted[row]] = row;
            rhs[row] = demand[wanted[row]];
            unitCosts[row] = grid.missing[wanted[row]];
        }
        limits.fill(rhs);
        simplex = new Simplex(rhs, unitCosts);
        for (int row = 0; row < wanted.length; row++) simplex.add(0, new int[] {row}, new double[] {-1});
        firstPattern = rhs.length + wanted.length;
        bound = DualBound.none(demand.length);
        for (Pattern pattern : start) add(pattern);
    }

    static double dollars(long micros) {
        return micros / MICROS;
    }

    /** Solves it over ever more patterns, for so many rounds, or until none improves it, or the work is spent. */
    void solve(int rounds) {
        boolean exactly = false;
        for (int round = 0; round < rounds; round++) {
            simplex.solve(work);
            double[] duals = simplex.duals();
            Knapsack.Filling[] fillings = fillings(values(duals), exactly);
            if (work.isSpent()) return;
            boolean improved = addImproving(fillings, duals);
            raiseBound(fillings, duals);
            if (simplex.objective() - bound.of(demand) <= TOLERANCE * simplex.objective()) return;
            if (!improved && exactly) return;
            exactly = !improved;
        }
    }

    /** @param exactly otherwise only until a good one is found */
    private Knapsack.Filling[] fillings(double[] values, boolean exactly) {
        if (exactly && table != null) return table.fill(values, work);
        long nodes = exactly ? MANY_NODES : FEW_NODES;
        return IntStream.range(0, grid.offers())
                .mapToObj(offer ->
                        Knapsack.fill(grid, grid.usable[offer], grid.rooms[offer], values, demand, nodes, work))
                .toArray(Knapsack.Filling[]::new);
    }

    private boolean addImproving(Knapsack.Filling[] fillings, double[] duals) {
        boolean improved = false;
        for (int offer = 0; offer < fillings.length; offer++) {
            if (stock.most(offer) == 0) continue;
            Pattern pattern = new Pattern(offer, Pattern.within(fillings[offer].counts(), demand));
            if (pattern.value(values(duals)) > limits.price(offer, duals) * (1 + TOLERANCE)) improved |= add(pattern);
        }
        return improved;
    }

    private void raiseBound(Knapsack.Filling[] fillings, double[] duals) {
        double excess = 1;
        for (int offer = 0; offer < fillings.length; offer++)
            if (stock.most(offer) > 0) excess = Math.max(excess, fillings[offer].upper() / limits.price(offer, duals));
        DualBound found = DualBound.of(values(duals), excess, limits.cost(duals));
        if (found.of(demand) > bound.of(demand)) bound = found;
    }

    /** By pattern, how often to use it; most are 0. */
    double[] solution() {
        double[] solution = simplex.solution();
        double[] times = new double[patterns.size()];
        System.arraycopy(solution, firstPattern, times, 0, times.length);
        return times;
    }

    List<Pattern> patterns() {
        return patterns;
    }

    DualBound bound() {
        return bound;
    }

    /** By class, what a task is worth in dollars an hour. */
    double[] values() {
        return values(simplex.duals());
    }

    private double[] values(double[] duals) {
        double[] values = new double[demand.length];
        for (int row = 0; row < wanted.length; row++) values[wanted[row]] = duals[row];
        return values;
    }

    /** By offer, what it costs with what its place under a limit is worth, in dollars an hour. */
    double[] prices() {
        double[] duals = simplex.duals();
        return IntStream.range(0, grid.offers())
                .mapToDouble(offer -> limits.price(offer, duals))
                .toArray();
    }

    private boolean add(Pattern pattern) {
        if (!known.add(pattern)) return false;
        int[] ofClasses = IntStream.of(wanted)
                .filter(taskClass -> pattern.counts[taskClass] > 0)
                .map(taskClass -> rowOf[taskClass])
                .toArray();
        int[] rows = IntStream.concat(IntStream.of(ofClasses), IntStream.of(limits.rowsOf(pattern.offer)))
                .toArray();
        double[] values = new double[rows.length];
        for (int at = 0; at < rows.length; at++)
            values[at] =
                    at < ofClasses.length ? pattern.counts[wanted[rows[at]]] : limits.value(rows[at], pattern.offer);
        simplex.add(dollars(grid.prices[pattern.offer]), rows, values);
        patterns.add(pattern);
        return true;
    }
}
