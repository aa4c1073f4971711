package io.staithe.bench.capacity;

import io.staithe.capacity.packing.Offer;
import io.staithe.capacity.packing.Packer;
import io.staithe.capacity.packing.Packing;
import io.staithe.capacity.packing.PackingProblem;
import io.staithe.capacity.packing.TaskClass;
import io.staithe.core.model.Resources;
import io.staithe.core.workload.TaskShape;
import java.lang.management.ManagementFactory;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What the hosts for some tasks cost: at least, packed by Staithe with several budgets of work, and packed more simply. */
final class CapacityTable {
    /** Steps: the control loop's, about a second, less than ten. */
    private static final long[] BUDGETS = {Packer.QUICK_STEPS, 200_000_000L, 4_000_000_000L};

    private static final double MICROS = 1e6;
    private static final double NANOS = 1e9;

    private CapacityTable() {}

    /** So that the first row is not that of the compiler. */
    static void warmUp(List<TaskShape> tasks, List<Offer> offers) {
        Packer.pack(new PackingProblem(classes(tasks, offers), offers), Packer.QUICK_STEPS);
    }

    static void printHead() {
        System.out.println("""
                | tasks | packed by | $/h | to the bound | hosts | core seconds |
                |---|---|---|---|---|---|""");
    }

    static void print(String name, List<TaskShape> tasks, List<Offer> offers) {
        PackingProblem problem = new PackingProblem(classes(tasks, offers), offers);
        Packing[] packings = new Packing[BUDGETS.length];
        double[] seconds = new double[BUDGETS.length];
        for (int budget = 0; budget < BUDGETS.length; budget++) {
            long start = processorNanos();
            packings[budget] = Packer.pack(problem, BUDGETS[budget]);
            seconds[budget] = (processorNanos() - start) / NANOS;
        }
        long bound = 0;
        for (Packing packing : packings) bound = Math.max(bound, packing.boundMicrosPerHour());
        row(name, "(no packing costs less)", bound, bound, "", "");
        for (int budget = 0; budget < BUDGETS.length; budget++)
            row(
                    name,
                    String.format(Locale.ROOT, "Staithe, %,d steps", BUDGETS[budget]),
                    packings[budget].microsPerHour(),
                    bound,
                    String.format(Locale.ROOT, "%,d", packings[budget].hosts()),
                    String.format(Locale.ROOT, "%.2f", seconds[budget]));
        simple(name, "first fit decreasing, the cheapest type for each", FirstFit.pack(tasks, offers), bound);
        simple(name, "first fit decreasing, the best single type", FirstFit.onBestSingleType(tasks, offers), bound);
    }

    private static void simple(String name, String how, FirstFit packing, long bound) {
        row(name, how, packing.micros(), bound, String.format(Locale.ROOT, "%,d", packing.hosts()), "");
    }

    private static void row(String name, String how, long micros, long bound, String hosts, String seconds) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %,.2f | %.5f | %s | %s |%n",
                name,
                how,
                micros / MICROS,
                (double) micros / bound,
                hosts,
                seconds);
    }

    /** Of this thread, so that it matters less what else runs. */
    static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static List<TaskClass> classes(List<TaskShape> tasks, List<Offer> offers) {
        BitSet all = new BitSet();
        all.set(0, offers.size());
        Map<Resources, Long> alike = tasks.stream()
                .collect(Collectors.groupingBy(
                        task -> new Resources(task.cpu(), task.memory(), 0),
                        LinkedHashMap::new,
                        Collectors.counting()));
        return alike.entrySet().stream()
                .map(same -> new TaskClass(same.getValue().intValue(), same.getKey(), all))
                .toList();
    }
}
