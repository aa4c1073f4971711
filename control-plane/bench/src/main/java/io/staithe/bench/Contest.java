package io.staithe.bench;

import io.staithe.core.workload.Packing;
import io.staithe.core.workload.Workload;
import io.staithe.core.workload.Workloads;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One contender before {@value #TASKS} tasks with rules, in a process of its own. JMH fills in the parameters. */
@State(Scope.Benchmark)
public class Contest {
    static final int TASKS = 10_000;
    private static final long SEED = 42;

    @Param
    public Peer peer = Peer.SCAN;

    @Param({"1000", "5000", "50000"})
    public int hosts;

    Workload workload = new Workload("", List.of(), List.of());
    Contender contender = Peer.SCAN.make();

    @Setup(Level.Trial)
    public void open() {
        workload = Workloads.rules("rules", TASKS, hosts, SEED);
        contender = peer.make();
        contender.open(workload);
    }

    /** @throws IllegalStateException when the contender's figures are worth nothing, since it breaks rules */
    @TearDown(Level.Trial)
    public void close() {
        Optional<String> broken = packing().broken(contender.keepsRules());
        contender.close();
        if (broken.isPresent()) throw new IllegalStateException(peer + ": " + broken.get());
    }

    Packing packing() {
        return new Packing(workload, contender.hostOf());
    }
}
