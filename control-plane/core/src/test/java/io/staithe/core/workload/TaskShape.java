package io.staithe.core.workload;

import java.util.Map;
import java.util.Set;

/**
 * What a task needs of its host.
 *
 * @param cpu CPU units; 1024 are one core
 * @param memory MiB
 * @param gpus whole GPUs
 * @param group the number of its task group
 * @param attributes the host must have one of these values of each of these attributes
 * @param apartFrom the host must not run a task of this group; its own: {@code distinctInstance}; or {@link #NONE}
 * @param port the host's TCP port that it fixes, or {@link #NONE}
 */
public record TaskShape(
        int cpu, int memory, int gpus, int group, Map<String, Set<String>> attributes, int apartFrom, int port) {
    public static final int NONE = -1;

    public TaskShape {
        attributes = Map.copyOf(attributes);
    }

    public static TaskShape needing(int cpu, int memory, int gpus) {
        return new TaskShape(cpu, memory, gpus, 0, Map.of(), NONE, NONE);
    }

    boolean accepts(HostShape host) {
        return attributes.entrySet().stream()
                .allMatch(wanted -> wanted.getValue().contains(host.attributes().getOrDefault(wanted.getKey(), "")));
    }
}
