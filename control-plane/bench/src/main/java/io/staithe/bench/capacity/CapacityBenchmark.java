package io.staithe.bench.capacity;

import io.staithe.core.workload.TaskShape;
import io.staithe.core.workload.Traces;
import io.staithe.core.workload.Workloads;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * {@code ./dev bench capacity [FOLDER]}: what hosts for some tasks cost, then a day on which they come and go; on one thread.
 *
 * <p>Argument: the folder of the traces.
 */
public final class CapacityBenchmark {
    private static final int DRAWN = 10_000;
    private static final int AT_A_TIME = 1_000;

    private CapacityBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Traces traces = new Traces(Path.of(arguments.length > 0 ? arguments[0] : ""));
        System.out.printf(Locale.ROOT, "cost; load average %.2f%n%n", load());
        List<TaskShape> drawn = Workloads.fargateSizes(DRAWN, 1);
        CapacityTable.warmUp(drawn, Catalogue.usual());
        CapacityTable.printHead();
        CapacityTable.print("seed 1", drawn, Catalogue.usual());
        if (traces.areThere()) {
            CapacityTable.print("w1", traces.synthetic("w1_synthetic_10k"), Catalogue.usual());
            CapacityTable.print("openb", traces.openbPods(false), Catalogue.large());
        } else System.out.println("\\nNo traces: only tasks that are drawn from a seed.");
        System.out.printf(Locale.ROOT, "%na day; load average %.2f%n%n", load());
        Tally.printHead();
        OnlineDay.of(Stay.drawn(AT_A_TIME, 1), Catalogue.usual()).print("seed 1");
        if (traces.areThere())
            OnlineDay.of(Stay.busiestDay(traces.openbPods(false), traces.openbTimes()), Catalogue.large())
                    .print("openb");
        System.out.printf(Locale.ROOT, "%nLoad average at the end: %.2f%n", load());
    }

    /** Processes that wanted a core, over the last minute. */
    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}
