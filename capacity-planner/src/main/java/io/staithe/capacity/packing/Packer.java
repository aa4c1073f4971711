package io.staithe.capacity.packing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Decides which hosts to buy so that a demand costs least.
 *
 * <p>Open hosts are filled first. A handful of tasks is packed exactly ({@link SmallDemand}); for more there is at once a good
 * packing ({@link Greedy}), then the bound and a better one by column generation ({@link Master}, {@link Dive}), and what work
 * is left goes into changing parts of it ({@link RuinAndRecreate}). Each step keeps what is better, so more work never costs
 * more; without any there is still the first. The same problem has the same answer, in whatever order its lists are.
 */
public final class Packer {
    /** For a control loop: less than a fifth of a second of a core, whatever the demand. */
    public static final long QUICK_STEPS = 20_000_000;
    /** What may go into the bound; the rest is for the packing. */
    private static final double SHARE_OF_BOUND = 0.5;

    private static final int ROUNDS_OF_BOUND = 100_000;
    private static final int ROUNDS_OF_DIVE = 6;
    private static final double TOLERANCE = 1e-9;
    private static final double MICROS = 1e6;

    private final Grid grid;
    private final int[] demand;
    private final Work work;

    private Packer(Grid grid, Work work) {
        this.grid = grid;
        this.work = work;
        demand = grid.counts.clone();
    }

    /** @param steps how much may be done, in elementary steps; see {@link #QUICK_STEPS} */
    public static Packing pack(PackingProblem problem, long steps) {
        return new Packer(Grid.of(problem), new Work(steps)).pack();
    }

    private Packing pack() {
        List<OpenHosts.Filled> open = OpenHosts.fill(grid, demand, new Work(Long.MAX_VALUE));
        Solution solution = new Solution(grid, demand);
        if (SmallDemand.complete(solution, work)) return said(open, solution, solution.cost());
        double[] values = ResourcePrices.ofTasks(grid, demand);
        Greedy.complete(solution, values, listPrices(), new Work(Long.MAX_VALUE));
        return improved(open, solution, DualBound.of(values, 1, 0));
    }

    private Packing improved(List<OpenHosts.Filled> open, Solution quick, DualBound coarse) {
        Work ofBound = new Work((long) (work.left() * SHARE_OF_BOUND));
        long before = ofBound.left();
        Solution nothing = new Solution(grid, demand);
        Master master = new Master(
                grid,
                demand,
                nothing.stock(),
                new LinkedHashSet<>(quick.hosts()),
                KnapsackTable.of(grid).orElse(null),
                ofBound);
        master.solve(ROUNDS_OF_BOUND);
        work.spend(before - ofBound.left());
        double enough = Math.max(coarse.of(demand), master.bound().of(demand)) + TOLERANCE;
        Solution dived = nothing;
        Dive.complete(dived, master.patterns(), ROUNDS_OF_DIVE, work);
        Greedy.complete(dived, master.values(), master.prices(), new Work(Long.MAX_VALUE));
        Solution better = dived.cost() < quick.cost() ? dived : quick;
        Solution best = new RuinAndRecreate(master.patterns(), master.values(), work).improve(better, enough);
        int[] placed = placed(best);
        return said(open, best, Math.max(coarse.of(placed), master.bound().of(placed)));
    }

    private Packing said(List<OpenHosts.Filled> open, Solution solution, double bound) {
        Naming naming = new Naming(grid);
        List<Packing.OnOpenHost> onOpenHosts = naming.open(open);
        List<Packing.Purchase> purchases = naming.bought(solution.hosts());
        List<Unplaced> unplaced = new ArrayList<>();
        List<TaskClass> classes = grid.problem.classes();
        for (int index = 0; index < classes.size(); index++)
            Unplaced.tooLarge(index, classes.get(index), grid.problem.offers()).ifPresent(unplaced::add);
        unplaced.addAll(naming.unplaced(solution.remaining()));
        long micros = solution.micros();
        long boundMicros = Math.min(micros, (long) Math.floor(bound * MICROS + TOLERANCE));
        return new Packing(onOpenHosts, purchases, unplaced, micros, boundMicros, Reason.of(solution));
    }

    private double[] listPrices() {
        return LongStream.of(grid.prices).mapToDouble(Master::dollars).toArray();
    }

    private int[] placed(Solution solution) {
        int[] placed = demand.clone();
        for (int taskClass = 0; taskClass < placed.length; taskClass++)
            placed[taskClass] -= solution.remaining()[taskClass];
        return placed;
    }
}
