package io.staithe.bench;

import io.staithe.core.workload.Packing;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How long it takes to refuse a task, when all the others have their hosts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Refusing {
    private int[] refused = {};
    private int next;

    @Setup(Level.Trial)
    public void placeTheOthers(Contest contest) {
        contest.contender.place(0, Contest.TASKS);
        int[] hostOf = contest.contender.hostOf();
        refused = IntStream.range(0, Contest.TASKS)
                .filter(task -> hostOf[task] == Packing.NOWHERE)
                .toArray();
    }

    @Benchmark
    public boolean refuse(Contest contest) {
        next = next + 1 < refused.length ? next + 1 : 0;
        return contest.contender.place(refused[next]);
    }
}
