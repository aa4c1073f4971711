package io.staithe.core.workload;

import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * How many hosts these tasks need at least, if they could be cut at will: for each resource alone, hosts are filled to the
 * brim, those with the most of it first, and the last one counts by its part; the resource that needs the most hosts decides. For
 * equal hosts that is the largest of demand / capacity, and the value of the linear program. Rules are not counted.
 */
public final class LowerBound {
    private LowerBound() {}

    /** @return infinity when all hosts together are too small */
    public static double hosts(List<TaskShape> tasks, List<HostShape> hosts) {
        return Stream.of(
                        hosts(tasks, TaskShape::cpu, hosts, HostShape::cpu),
                        hosts(tasks, TaskShape::memory, hosts, HostShape::memory),
                        hosts(tasks, TaskShape::gpus, hosts, HostShape::gpus))
                .max(Double::compare)
                .orElseThrow();
    }

    private static double hosts(
            List<TaskShape> tasks, ToIntFunction<TaskShape> need, List<HostShape> hosts, ToIntFunction<HostShape> has) {
        long left = tasks.stream().mapToLong(need::applyAsInt).sum();
        int[] ascending = hosts.stream().mapToInt(has).sorted().toArray();
        for (int full = 0; full < ascending.length; full++) {
            int largest = ascending[ascending.length - 1 - full];
            if (left <= largest) return left == 0 ? full : full + (double) left / largest;
            left -= largest;
        }
        return left == 0 ? ascending.length : Double.POSITIVE_INFINITY;
    }
}
