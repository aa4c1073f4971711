package io.staithe.bench;

import io.staithe.core.workload.HostShape;
import io.staithe.core.workload.Packing;
import io.staithe.core.workload.TaskShape;
import io.staithe.core.workload.Workload;
import java.util.List;

/**
 * Best fit by looking at every host, on flat arrays, CPU and memory only: what the hardware allows without an index. A core is
 * weighed like 4 GiB.
 */
final class ArrayScan implements Contender {
    private int[] hostCpu = {};
    private int[] hostMemory = {};
    private int[] taskCpu = {};
    private int[] taskMemory = {};
    private int[] freeCpu = {};
    private int[] freeMemory = {};
    private int[] hostOf = {};

    @Override
    public void open(Workload workload) {
        List<HostShape> hosts = workload.hosts();
        hostCpu = hosts.stream().mapToInt(HostShape::cpu).toArray();
        hostMemory = hosts.stream().mapToInt(HostShape::memory).toArray();
        List<TaskShape> tasks = workload.tasks();
        taskCpu = tasks.stream().mapToInt(TaskShape::cpu).toArray();
        taskMemory = tasks.stream().mapToInt(TaskShape::memory).toArray();
        empty();
    }

    @Override
    public void empty() {
        freeCpu = hostCpu.clone();
        freeMemory = hostMemory.clone();
        hostOf = Packing.nowhere(taskCpu.length);
    }

    @Override
    public boolean place(int task) {
        int cpu = taskCpu[task];
        int memory = taskMemory[task];
        int best = Packing.NOWHERE;
        int least = Integer.MAX_VALUE;
        for (int host = 0; host < freeCpu.length; host++) {
            int left = 4 * freeCpu[host] + freeMemory[host];
            if (left < least && cpu <= freeCpu[host] && memory <= freeMemory[host]) {
                least = left;
                best = host;
            }
        }
        if (best == Packing.NOWHERE) return false;
        freeCpu[best] -= cpu;
        freeMemory[best] -= memory;
        hostOf[task] = best;
        return true;
    }

    @Override
    public int[] hostOf() {
        return hostOf;
    }

    @Override
    public boolean keepsRules() {
        return false;
    }

    @Override
    public void close() {}
}
