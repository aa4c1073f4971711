package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.workload.BestFitDecreasing;
import io.staithe.core.workload.LowerBound;
import io.staithe.core.workload.Packing;
import io.staithe.core.workload.SimulatedCluster;
import io.staithe.core.workload.TaskShape;
import io.staithe.core.workload.Workload;
import io.staithe.core.workload.Workloads;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code binpack} needs no more hosts than best fit decreasing, which knows all tasks in advance. */
class DensityTest {
    private static final int TASKS = 1_000;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void packsEqualHostsAsDenselyAsBestFitDecreasing(long seed) {
        isDense(Workloads.identical("", Workloads.fargateSizes(TASKS, seed), TASKS / 5));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void packsUnequalHostsAsDenselyAsBestFitDecreasing(long seed) {
        isDense(Workloads.unequal("", Workloads.fargateSizes(TASKS, seed), TASKS / 5, seed));
    }

    private static void isDense(Workload workload) {
        int known = BestFitDecreasing.pack(workload).hostsUsed();
        int used = pack(workload).hostsUsed();
        assertTrue(used <= known, () -> used + " hosts instead of " + known);
        assertTrue(used >= LowerBound.hosts(workload.tasks(), workload.hosts()));
    }

    private static Packing pack(Workload workload) {
        Fleet fleet = Fleet.of(SimulatedCluster.of(workload.hosts()), World.CLUSTER);
        int[] hostOf = Packing.nowhere(TASKS);
        for (int task = 0; task < TASKS; task++) {
            Demand demand = demand(task, workload.tasks().get(task));
            if (!(Scheduler.place(demand, task, fleet) instanceof Placement.On on)) throw new AssertionError("full");
            fleet.take(on);
            hostOf[task] = SimulatedCluster.number(on.host().instance());
        }
        Packing packing = new Packing(workload, hostOf);
        assertEquals(Optional.empty(), packing.broken(true));
        return packing;
    }

    private static Demand demand(int number, TaskShape shape) {
        return Demand.of(
                GivenTask.task(number)
                        .needs(shape.cpu(), shape.memory(), shape.gpus())
                        .strategy(new PlacementStrategy("binpack", "memory"))
                        .build(),
                null);
    }
}
