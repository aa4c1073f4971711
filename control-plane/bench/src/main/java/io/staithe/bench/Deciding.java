package io.staithe.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** How long one decision takes, task by task; from empty hosts on again when all tasks have been decided about. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Deciding {
    private int next = -1;

    @Setup(Level.Invocation)
    public void advance(Contest contest) {
        if (++next < Contest.TASKS) return;
        contest.contender.empty();
        next = 0;
    }

    @Benchmark
    public boolean decide(Contest contest) {
        return contest.contender.place(next);
    }
}
