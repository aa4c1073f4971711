package io.staithe.bench;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;

/**
 * What the process's Java threads have used so far. Collecting garbage counts as their work, compiling does not.
 *
 * @param cpuNanos CPU time
 * @param bytes allocated on the heap
 */
record Usage(long cpuNanos, long bytes) {
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long NANOS_PER_MILLI = 1_000_000;

    static Usage now() {
        long[] threads = THREADS.getAllThreadIds();
        long garbageMillis = ManagementFactory.getGarbageCollectorMXBeans().stream()
                .mapToLong(GarbageCollectorMXBean::getCollectionTime)
                .sum();
        long bytes = sum(THREADS.getThreadAllocatedBytes(threads));
        return new Usage(sum(THREADS.getThreadCpuTime(threads)) + garbageMillis * NANOS_PER_MILLI, bytes);
    }

    /** A thread that has ended meanwhile says -1. */
    private static long sum(long[] ofThreads) {
        long sum = 0;
        for (long of : ofThreads) sum += Math.max(0, of);
        return sum;
    }
}
