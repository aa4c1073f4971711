package io.staithe.core.model;

import java.util.Map;
import java.util.TreeMap;

/** Which memory sizes Fargate offers for each CPU size (ECS developer guide, "Task CPU and memory"). */
public final class FargateSize {
    private record MemoryRange(int firstMib, int lastMib, int stepMib) {
        boolean has(int mib) {
            return mib >= firstMib && mib <= lastMib && (mib - firstMib) % stepMib == 0;
        }
    }

    private static final Map<Integer, MemoryRange> SIZES = new TreeMap<>(Map.of(
            512, new MemoryRange(1024, 4096, 1024),
            1024, new MemoryRange(2048, 8192, 1024),
            2048, new MemoryRange(4096, 16_384, 1024),
            4096, new MemoryRange(8192, 30_720, 1024),
            8192, new MemoryRange(16_384, 61_440, 4096),
            16_384, new MemoryRange(32_768, 122_880, 8192)));

    private FargateSize() {}

    /** Whether {@code cpu} CPU units go with {@code memory} MiB. */
    public static boolean exists(int cpu, int memory) {
        if (cpu == 256) return memory == 512 || memory == 1024 || memory == 2048;
        if (cpu == 32_768) return memory == 61_440 || memory == 122_880 || memory == 249_856;
        MemoryRange range = SIZES.get(cpu);
        return range != null && range.has(memory);
    }
}
