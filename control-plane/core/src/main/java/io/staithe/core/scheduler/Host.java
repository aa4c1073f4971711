package io.staithe.core.scheduler;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.Resources;
import io.staithe.core.query.InstanceFacts;
import io.staithe.core.state.HostLoad;
import java.util.stream.Stream;

/** A host of a {@link Fleet} with what is left of it now, for rules and for people. */
public final class Host implements InstanceFacts {
    private final Fleet fleet;
    private final HostTable table;
    final int slot;

    Host(Fleet fleet, HostTable table, int slot) {
        this.fleet = fleet;
        this.table = table;
        this.slot = slot;
    }

    @Override
    public ContainerInstance instance() {
        return load().instance();
    }

    /** Its agent is connected and its container runtime answers. */
    public boolean isReachable() {
        return load().isReachable();
    }

    /** What is free of everything; negative where it is over-committed. */
    Resources free() {
        return table.free(slot);
    }

    /** CPU units. */
    public int freeCpu() {
        return table.cpu[slot];
    }

    /** MiB. */
    public int freeMemory() {
        return table.memory[slot];
    }

    public int freeGpus() {
        return table.gpus[slot];
    }

    /** Of a resource that is neither CPU, memory nor GPUs. */
    public int free(String resource) {
        return table.other(slot, resource);
    }

    public boolean isFree(HostPort port) {
        return !table.isTaken(slot, HostTable.code(port));
    }

    /** How many tasks of a task group it runs. */
    public int tasksOf(String group) {
        return fleet.group(group).on(slot);
    }

    /** It runs a task that no daemon service runs. */
    boolean isInUse() {
        return table.isInUse(slot);
    }

    @Override
    public int runningTasksCount() {
        return table.tasks[slot];
    }

    @Override
    public boolean runsGroup(String group) {
        return tasksOf(group) > 0;
    }

    @Override
    public Stream<String> groups() {
        return fleet.groupsOn(slot);
    }

    Fleet fleet() {
        return fleet;
    }

    int hostClass() {
        return table.hostClass[slot];
    }

    private HostLoad load() {
        return table.load(slot);
    }
}
