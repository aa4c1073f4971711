package io.staithe.bench;

import io.staithe.core.workload.Packing;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What deciding about all tasks costs, from empty hosts on, told by the {@link Tally} alone: JMH's own time counts the packing's
 * evaluation too. Who needs more than {@value #MAX_CPU_MILLIS} ms is stopped
 * there, at emptier hosts than the others.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class Filling {
    private static final int MAX_CPU_MILLIS = 2_000;
    /** As many as a scheduler would find waiting; the time is looked at in between. */
    private static final int BATCH = 50;

    /** Sums over all fills of an iteration. */
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Tally {
        public long fills;
        public long decided;
        public long placed;
        public long cpuNanos;
        public long bytes;
        public long hostsUsed;
    }

    @Setup(Level.Invocation)
    public void empty(Contest contest) {
        contest.contender.empty();
    }

    @Benchmark
    public void fill(Contest contest, Tally tally) {
        Usage before = Usage.now();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MAX_CPU_MILLIS);
        int decided = 0;
        while (decided < Contest.TASKS && !(System.nanoTime() > deadline && isSpent(before))) {
            contest.contender.place(decided, decided + BATCH);
            decided += BATCH;
        }
        Usage after = Usage.now();
        tally.fills++;
        tally.decided += decided;
        tally.cpuNanos += after.cpuNanos() - before.cpuNanos();
        tally.bytes += after.bytes() - before.bytes();
        Packing packing = contest.packing();
        tally.placed += packing.placed().size();
        tally.hostsUsed += packing.hostsUsed();
    }

    /** Asks only when the time is up by the clock, which costs less to look at. */
    private static boolean isSpent(Usage since) {
        return Usage.now().cpuNanos() - since.cpuNanos() > TimeUnit.MILLISECONDS.toNanos(MAX_CPU_MILLIS);
    }
}
