package io.staithe.bench;

import com.netflix.fenzo.SchedulingResult;
import com.netflix.fenzo.TaskAssignmentResult;
import com.netflix.fenzo.TaskRequest;
import com.netflix.fenzo.TaskScheduler;
import com.netflix.fenzo.VMAssignmentResult;
import com.netflix.fenzo.VirtualMachineLease;
import com.netflix.fenzo.functions.Action2;
import com.netflix.fenzo.plugins.BinPackingFitnessCalculators;
import io.staithe.core.workload.Packing;
import io.staithe.core.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Netflix Fenzo, packing by CPU and memory. It is made for batches, so it gets what waits as one, and says what it decided about
 * the batch; each host is offered once, since no Mesos is there to offer again what is left of it.
 */
final class Fenzo implements Contender {
    static final double NEVER_GOOD_ENOUGH = 2;
    private static final long NEVER_SECONDS = 1_000_000;

    private final double goodEnough;
    private List<VirtualMachineLease> hosts = List.of();
    private List<FenzoTask> tasks = List.of();
    private @Nullable TaskScheduler scheduler;
    private int[] hostOf = {};
    /** The last refusal's reason on each host. All of them would fill the memory. */
    @Nullable
    Object lastRefusal;

    /** @param goodEnough the fitness, up to 1, from which on it looks no further; beyond, it looks at every host */
    Fenzo(double goodEnough) {
        this.goodEnough = goodEnough;
    }

    @Override
    public void open(Workload workload) {
        hosts = new ArrayList<>();
        for (int n = 0; n < workload.hosts().size(); n++)
            hosts.add(new FenzoHost(n, workload.hosts().get(n)));
        tasks = new ArrayList<>();
        for (int n = 0; n < workload.tasks().size(); n++)
            tasks.add(new FenzoTask(n, workload.tasks().get(n), workload.hosts()));
        empty();
    }

    @Override
    public void empty() {
        close();
        hostOf = Packing.nowhere(tasks.size());
        scheduler = new TaskScheduler.Builder()
                .withFitnessCalculator(BinPackingFitnessCalculators.cpuMemBinPacker)
                .withFitnessGoodEnoughFunction(fitness -> fitness >= goodEnough)
                .withMaxOffersToReject(0)
                .withSingleOfferPerVM(true)
                .withLeaseOfferExpirySecs(NEVER_SECONDS)
                .withLeaseRejectAction(lease -> {})
                .build();
        scheduler.scheduleOnce(List.of(), hosts);
    }

    @Override
    public boolean place(int task) {
        place(task, task + 1);
        return hostOf[task] != Packing.NOWHERE;
    }

    @Override
    public void place(int first, int end) {
        if (scheduler == null) throw new IllegalStateException("not open");
        SchedulingResult result = scheduler.scheduleOnce(tasks.subList(first, end), List.of());
        if (!result.getExceptions().isEmpty())
            throw new IllegalStateException(result.getExceptions().get(0));
        Action2<TaskRequest, String> assigner = scheduler.getTaskAssigner();
        for (VMAssignmentResult host : result.getResultMap().values())
            for (TaskAssignmentResult placed : host.getTasksAssigned()) {
                FenzoTask task = (FenzoTask) placed.getRequest();
                hostOf[task.number()] = FenzoHost.number(host.getHostname());
                assigner.call(task, host.getHostname());
            }
        for (List<TaskAssignmentResult> reasons : result.getFailures().values()) {
            if (reasons.isEmpty()) throw new IllegalStateException("Fenzo did not decide: its log says why");
            lastRefusal = reasons;
        }
    }

    @Override
    public int[] hostOf() {
        return hostOf;
    }

    @Override
    public boolean keepsRules() {
        return true;
    }

    @Override
    public void close() {
        if (scheduler != null) scheduler.shutdown();
        scheduler = null;
    }
}
