package io.staithe.core.workload;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Packs with all tasks known in advance, the largest first, each into the host in use that it fills best; when it fits in none,
 * into the largest unused one: what a scheduler that gets its tasks one by one is compared with. CPU, memory and GPUs only.
 * A host is the fuller, the less the sum of the shares of all there is that it has left.
 */
public final class BestFitDecreasing {
    private final List<HostShape> hosts;
    private final double cpuWeight;
    private final double memoryWeight;
    private final double gpuWeight;
    private final int[] freeCpu;
    private final int[] freeMemory;
    private final int[] freeGpus;

    private BestFitDecreasing(Workload workload) {
        hosts = workload.hosts();
        freeCpu = hosts.stream().mapToInt(HostShape::cpu).toArray();
        freeMemory = hosts.stream().mapToInt(HostShape::memory).toArray();
        freeGpus = hosts.stream().mapToInt(HostShape::gpus).toArray();
        cpuWeight = 1 / workload.total(HostShape::cpu);
        memoryWeight = 1 / workload.total(HostShape::memory);
        gpuWeight = 1 / workload.total(HostShape::gpus);
    }

    /** The packing's tasks are in the order in which they were placed. */
    public static Packing pack(Workload workload) {
        return new BestFitDecreasing(workload).packAll(workload.largestFirst());
    }

    private Packing packAll(Workload workload) {
        List<TaskShape> tasks = workload.tasks();
        int[] hostOf = Packing.nowhere(tasks.size());
        int[] largestFirst = IntStream.range(0, hosts.size())
                .boxed()
                .sorted(Comparator.comparingDouble(this::free).reversed())
                .mapToInt(Integer::intValue)
                .toArray();
        boolean[] open = new boolean[hosts.size()];
        for (int task = 0; task < hostOf.length; task++) {
            TaskShape shape = tasks.get(task);
            int host = best(shape, open);
            if (host == Packing.NOWHERE) host = firstFitting(shape, largestFirst, open);
            if (host == Packing.NOWHERE) continue;
            open[host] = true;
            take(host, shape);
            hostOf[task] = host;
        }
        return new Packing(workload, hostOf);
    }

    private double free(int host) {
        return freeCpu[host] * cpuWeight + freeMemory[host] * memoryWeight + freeGpus[host] * gpuWeight;
    }

    private int best(TaskShape task, boolean[] open) {
        int best = Packing.NOWHERE;
        double least = Double.POSITIVE_INFINITY;
        for (int host = 0; host < open.length; host++) {
            if (!open[host] || !fits(task, host)) continue;
            double free = free(host);
            if (free < least) {
                least = free;
                best = host;
            }
        }
        return best;
    }

    private int firstFitting(TaskShape task, int[] order, boolean[] open) {
        for (int host : order) if (!open[host] && fits(task, host)) return host;
        return Packing.NOWHERE;
    }

    private boolean fits(TaskShape task, int host) {
        return task.cpu() <= freeCpu[host] && task.memory() <= freeMemory[host] && task.gpus() <= freeGpus[host];
    }

    private void take(int host, TaskShape task) {
        freeCpu[host] -= task.cpu();
        freeMemory[host] -= task.memory();
        freeGpus[host] -= task.gpus();
    }
}
