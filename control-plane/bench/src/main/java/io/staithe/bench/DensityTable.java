package io.staithe.bench;

import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.workload.BestFitDecreasing;
import io.staithe.core.workload.LowerBound;
import io.staithe.core.workload.Packing;
import io.staithe.core.workload.TaskShape;
import io.staithe.core.workload.Traces;
import io.staithe.core.workload.Workload;
import io.staithe.core.workload.Workloads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/**
 * How many hosts Staithe uses with {@code binpack} by memory, its tasks coming one by one or the largest first, beside best fit
 * decreasing, which knows all of them in advance, and a bound that nobody can pass.
 */
final class DensityTable {
    private static final int TASKS = 10_000;

    private DensityTable() {}

    /** @throws IOException when a trace cannot be read */
    static void print(Path folder) throws IOException {
        List<Workload> workloads = new ArrayList<>();
        Traces traces = new Traces(folder);
        if (traces.areThere()) workloads.addAll(recorded(traces));
        else System.out.println("No traces in '" + folder + "': only tasks that are drawn from a seed.\n");
        LongStream.rangeClosed(1, 3)
                .mapToObj(seed -> Workloads.identical(
                        "seed " + seed + ", equal hosts", Workloads.fargateSizes(TASKS, seed), TASKS / 5))
                .forEach(workloads::add);
        workloads.add(Workloads.unequal("seed 1, unequal hosts", Workloads.fargateSizes(TASKS, 1), 2 * TASKS / 5, 1));
        System.out.println("""
                | tasks | at least | best fit decreasing | Staithe, one by one | Staithe, largest first |
                |---|---|---|---|---|""");
        for (Workload workload : workloads) print(workload);
    }

    private static List<Workload> recorded(Traces traces) throws IOException {
        return List.of(
                Workloads.identical("w1, 10,000, equal hosts", traces.synthetic("w1_synthetic_10k"), TASKS / 5),
                Workloads.identical("w1, 50,000, equal hosts", traces.synthetic("w1_synthetic_50k"), TASKS / 2),
                Workloads.identical("Titus, equal hosts", traces.titusTasks(), TASKS / 100),
                new Workload("openb", traces.openbHosts(false), traces.openbPods(false)),
                new Workload("openb with GPUs", traces.openbHosts(true), traces.openbPods(true)));
    }

    private static void print(Workload workload) {
        double bound = LowerBound.hosts(workload.tasks(), workload.hosts());
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %s |%n",
                workload.name(),
                Double.isFinite(bound) ? String.format(Locale.ROOT, "%.1f", bound) : "",
                said(BestFitDecreasing.pack(workload)),
                said(packed(workload)),
                said(packed(workload.largestFirst())));
    }

    private static Packing packed(Workload workload) {
        try (Contender staithe = Staithe.deciding(new PlacementStrategy("binpack", "memory"))) {
            staithe.open(workload);
            staithe.place(0, workload.tasks().size());
            Packing packing = new Packing(workload, staithe.hostOf());
            packing.broken(true).ifPresent(broken -> {
                throw new IllegalStateException(workload.name() + ": " + broken);
            });
            return packing;
        }
    }

    /** Unequal hosts: what counts is how much they have. */
    private static String said(Packing packing) {
        List<TaskShape> placed = packing.placed();
        int refused = packing.workload().tasks().size() - placed.size();
        return String.format(Locale.ROOT, "%,d", packing.hostsUsed())
                + (packing.workload().hosts().stream().distinct().count() == 1
                        ? ""
                        : String.format(Locale.ROOT, " with %,d cores", packing.coresOfHostsUsed()))
                + (refused == 0 ? "" : String.format(Locale.ROOT, ", %,d refused", refused));
    }
}
