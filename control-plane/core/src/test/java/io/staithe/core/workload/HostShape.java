package io.staithe.core.workload;

import java.util.Map;

/**
 * A host that is empty at first.
 *
 * @param cpu CPU units; 1024 are one core
 * @param memory MiB
 * @param gpus whole GPUs
 * @param attributes by name
 */
public record HostShape(int cpu, int memory, int gpus, Map<String, String> attributes) {
    public HostShape {
        attributes = Map.copyOf(attributes);
    }
}
