package io.staithe.bench;

import io.staithe.core.workload.Workload;

/** A scheduler that is measured. Hosts and tasks are known by their numbers in the workload. */
interface Contender extends AutoCloseable {
    /** Takes hosts and tasks over in its own form, once; not measured. */
    void open(Workload workload);

    /** Makes all hosts empty, as after {@link #open}; not measured. */
    void empty();

    /**
     * Decides about one task, and reserves what it needs. Whatever it can say about a refusal, it works out and keeps.
     *
     * @return whether it got a host
     */
    boolean place(int task);

    /** Decides about the tasks from {@code first} to before {@code end}, all of which wait. */
    default void place(int first, int end) {
        for (int task = first; task < end; task++) place(task);
    }

    /** The host of each task since hosts were empty, or {@link io.staithe.core.workload.Packing#NOWHERE}; not measured. */
    int[] hostOf();

    /** Whether it keeps more than CPU and memory: attributes, ports, and tasks apart. */
    boolean keepsRules();

    @Override
    void close();
}
