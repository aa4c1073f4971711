package io.staithe.core.workload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which host each task of a workload got.
 *
 * @param hostOf by task; {@link #NOWHERE}: it was refused
 */
@SuppressWarnings("ArrayRecordComponent") // it is never compared
public record Packing(Workload workload, int[] hostOf) {
    public static final int NOWHERE = -1;

    private static final int UNITS_PER_CORE = 1024;

    /** That many tasks before any is placed. */
    public static int[] nowhere(int tasks) {
        int[] hostOf = new int[tasks];
        Arrays.fill(hostOf, NOWHERE);
        return hostOf;
    }

    public List<TaskShape> placed() {
        return IntStream.range(0, hostOf.length)
                .filter(task -> hostOf[task] != NOWHERE)
                .mapToObj(workload.tasks()::get)
                .toList();
    }

    public int hostsUsed() {
        return (int) used().count();
    }

    /** All that the hosts in use have, used or not. */
    public long coresOfHostsUsed() {
        return used().mapToLong(host -> workload.hosts().get(host).cpu()).sum() / UNITS_PER_CORE;
    }

    private IntStream used() {
        return IntStream.of(hostOf).filter(host -> host != NOWHERE).distinct();
    }

    /**
     * The first rule that is broken, if one is, with the tasks coming in their order: more is reserved on a host than it has,
     * or a task is where it would not be.
     *
     * @param withRules otherwise only CPU and memory are looked at
     */
    public Optional<String> broken(boolean withRules) {
        List<Used> hosts = new ArrayList<>();
        for (HostShape host : workload.hosts()) hosts.add(new Used(host));
        for (int task = 0; task < hostOf.length; task++) {
            if (hostOf[task] == NOWHERE) continue;
            String broken = hosts.get(hostOf[task]).take(workload.tasks().get(task), withRules);
            if (!broken.isEmpty()) return Optional.of("task " + task + " on host " + hostOf[task] + ": " + broken);
        }
        return Optional.empty();
    }

    private static final class Used {
        private final HostShape host;
        private final Set<Integer> ports = new HashSet<>();
        private final Map<Integer, Integer> tasksOfGroup = new HashMap<>();
        private int cpu;
        private int memory;
        private int gpus;

        Used(HostShape host) {
            this.host = host;
        }

        /** What is broken; empty: nothing. */
        String take(TaskShape task, boolean withRules) {
            cpu += task.cpu();
            memory += task.memory();
            gpus += task.gpus();
            if (cpu > host.cpu()) return "too much CPU";
            if (memory > host.memory()) return "too much memory";
            if (!withRules) return "";
            if (gpus > host.gpus()) return "too many GPUs";
            if (!task.accepts(host)) return "has not the attributes";
            if (task.port() != TaskShape.NONE && !ports.add(task.port())) return "the port is taken";
            if (task.apartFrom() != TaskShape.NONE && tasksOfGroup.containsKey(task.apartFrom()))
                return "runs a task of group " + task.apartFrom();
            tasksOfGroup.merge(task.group(), 1, Integer::sum);
            return "";
        }
    }
}
