package io.staithe.core.scheduler;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** A host and what is left of it, while tasks are being placed: a working copy, changed only by {@link #take}. */
public final class Host {
    private final ContainerInstance instance;
    private final boolean runtimeHealthy;
    private final TreeSet<HostPort> ports;
    private final Map<String, Integer> tasksOfGroup = new HashMap<>();
    private Resources free;
    private int tasks;

    private Host(ContainerInstance instance, boolean runtimeHealthy) {
        this.instance = instance;
        this.runtimeHealthy = runtimeHealthy;
        this.ports = new TreeSet<>(instance.reservedPorts());
        this.free = instance.registered();
    }

    /** A cluster's hosts as they are in {@code state}, in the order of their ids. */
    public static List<Host> of(ClusterState state, String cluster) {
        List<Host> hosts = new ArrayList<>();
        state.instancesOf(cluster).forEach(instance -> {
            boolean healthy = state.session(instance.id())
                    .filter(session -> session.runtimeHealthy())
                    .isPresent();
            Host host = new Host(instance, healthy);
            state.tasksOn(instance.id()).filter(Task::holdsResources).forEach(host::take);
            hosts.add(host);
        });
        return hosts;
    }

    public ContainerInstance instance() {
        return instance;
    }

    /** Its agent is connected and its container runtime answers. */
    public boolean isReachable() {
        return instance.isConnected() && runtimeHealthy;
    }

    public Resources free() {
        return free;
    }

    public boolean isFree(HostPort port) {
        return !ports.contains(port);
    }

    public int tasks() {
        return tasks;
    }

    /** How many tasks of a task group it runs. */
    public int tasksOf(String group) {
        return tasksOfGroup.getOrDefault(group, 0);
    }

    /** Reserves what a task needs. */
    public void take(Task task) {
        free = free.minus(task.reserved());
        ports.addAll(task.hostPorts());
        tasksOfGroup.merge(task.group(), 1, Integer::sum);
        tasks++;
    }
}
