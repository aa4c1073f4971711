package io.staithe.core.workload;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/** Tasks that come one after another, in this order, to hosts that are empty at first. */
public record Workload(String name, List<HostShape> hosts, List<TaskShape> tasks) {
    public Workload {
        hosts = List.copyOf(hosts);
        tasks = List.copyOf(tasks);
    }

    /** The same in another order: a task is as large as its largest share of what all hosts have of a resource. */
    public Workload largestFirst() {
        double cpu = total(HostShape::cpu);
        double memory = total(HostShape::memory);
        double gpus = total(HostShape::gpus);
        Comparator<TaskShape> bySize = Comparator.comparingDouble(
                task -> Math.max(task.cpu() / cpu, Math.max(task.memory() / memory, task.gpus() / gpus)));
        return new Workload(
                name, hosts, tasks.stream().sorted(bySize.reversed()).toList());
    }

    /** What all hosts have together; at least 1. */
    double total(ToIntFunction<HostShape> resource) {
        return Math.max(1, hosts.stream().mapToLong(resource::applyAsInt).sum());
    }
}
