package io.staithe.bench;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.util.Statistics;

/** What was measured of each contender at each number of hosts, as a table. */
final class SpeedTable {
    private record Row(int hosts, Peer peer) implements Comparable<Row> {
        static Row of(RunResult result) {
            return new Row(
                    Integer.parseInt(result.getParams().getParam("hosts")),
                    Peer.valueOf(result.getParams().getParam("peer")));
        }

        @Override
        public int compareTo(Row other) {
            return Comparator.comparingInt(Row::hosts).thenComparing(Row::peer).compare(this, other);
        }
    }

    private final Map<Row, RunResult> fills = new TreeMap<>();
    private final Map<Row, Statistics> decisions = new TreeMap<>();
    private final Map<Row, Statistics> refusals = new TreeMap<>();

    void addFills(Collection<RunResult> results) {
        for (RunResult result : results) fills.put(Row.of(result), result);
    }

    void addDecisions(Collection<RunResult> results) {
        for (RunResult result : results) decisions.put(Row.of(result), samples(result));
    }

    void addRefusals(Collection<RunResult> results) {
        for (RunResult result : results) refusals.put(Row.of(result), samples(result));
    }

    private static Statistics samples(RunResult result) {
        return result.getPrimaryResult().getStatistics();
    }

    void print() {
        System.out.println("""
                | hosts | | decisions a second of one core | bytes allocated a decision | one decision, us: median | p99 \
                | one refusal, us: median | hosts used |
                |---|---|---|---|---|---|---|---|""");
        fills.forEach((row, fill) -> System.out.printf(
                Locale.ROOT,
                "| %,d | %s | %,.0f | %.1f | %s | %s | %s | %s |%n",
                row.hosts(),
                row.peer().title(),
                sum(fill, "decided") * 1e9 / sum(fill, "cpuNanos"),
                sum(fill, "bytes") / sum(fill, "decided"),
                percentile(decisions.get(row), 50),
                percentile(decisions.get(row), 99),
                percentile(refusals.get(row), 50),
                hostsUsed(fill)));
    }

    private static String percentile(@Nullable Statistics samples, int percent) {
        return samples == null ? "" : String.format(Locale.ROOT, "%.1f", samples.getPercentile(percent));
    }

    /** Of one fill; nothing when it was stopped before all tasks were decided about. */
    private static String hostsUsed(RunResult fill) {
        double decided = sum(fill, "decided") / sum(fill, "fills");
        return decided < Contest.TASKS
                ? String.format(Locale.ROOT, "stopped after %,.0f tasks", decided)
                : String.format(
                        Locale.ROOT,
                        "%,.0f (%,.0f refused)",
                        sum(fill, "hostsUsed") / sum(fill, "fills"),
                        (sum(fill, "decided") - sum(fill, "placed")) / sum(fill, "fills"));
    }

    private static double sum(RunResult fill, String name) {
        Result<?> counter = fill.getSecondaryResults().get(name);
        if (counter == null) throw new IllegalStateException("no " + name + " was counted");
        return counter.getScore();
    }
}
