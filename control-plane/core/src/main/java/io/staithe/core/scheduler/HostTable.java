package io.staithe.core.scheduler;

import io.staithe.core.model.HostPort;
import io.staithe.core.model.Resources;
import io.staithe.core.state.HostLoad;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What placement looks at of each host, in flat arrays by slot. The hosts' loads say the rest. */
final class HostTable {
    private static final int[] NO_PORTS = {};

    /** Absent: no host in this slot. */
    @Nullable
    HostLoad[] loads = {};

    /** Free CPU units. */
    int[] cpu = {};
    /** Free MiB. */
    int[] memory = {};

    int[] gpus = {};
    /** How many tasks there are on it. */
    int[] tasks = {};
    /** Of these, those that no daemon service runs. */
    int[] placed = {};
    /** Free named resources; null where there are none. */
    private @Nullable Resources[] named = {};
    /** Which {@link HostClasses} class it is of. */
    int[] hostClass = {};

    /** Host ports that are taken or reserved, each as {@link #code}. */
    private int[][] ports = {};
    /** The first half of the host's id, as a number: orders hosts without comparing texts. */
    private long[] id = {};
    /** Every slot with a host is below this. */
    int end;

    HostLoad load(int slot) {
        HostLoad load = loads[slot];
        if (load == null) throw new IllegalStateException("no host in slot " + slot);
        return load;
    }

    void put(int slot, HostLoad load, int inClass) {
        growTo(slot);
        loads[slot] = load;
        hostClass[slot] = inClass;
        id[slot] = Long.parseUnsignedLong(load.instance().id().value().substring(0, 16), 16);
        Resources free = load.free();
        set(slot, free.cpu(), free.memory(), free.gpus());
        named[slot] = free.others().isEmpty() ? null : free;
        tasks[slot] = load.tasks();
        placed[slot] = load.placed();
        ports[slot] = NO_PORTS;
        addPorts(slot, load.instance().reservedPorts());
        addPorts(slot, load.ports());
    }

    void clear(int slot) {
        loads[slot] = null;
    }

    /** The host must be in no order meanwhile. */
    void take(int slot, Resources amount, Collection<HostPort> morePorts) {
        set(slot, cpu[slot] - amount.cpu(), memory[slot] - amount.memory(), gpus[slot] - amount.gpus());
        Resources free = named[slot];
        if (free != null && !amount.others().isEmpty()) named[slot] = free.minus(amount);
        addPorts(slot, morePorts);
    }

    /** The opposite of {@link #take}. The host must be in no order meanwhile. */
    void giveBack(int slot, Resources amount, Collection<HostPort> fewerPorts) {
        set(slot, cpu[slot] + amount.cpu(), memory[slot] + amount.memory(), gpus[slot] + amount.gpus());
        Resources free = named[slot];
        if (free != null && !amount.others().isEmpty()) named[slot] = free.plus(amount);
        for (HostPort port : fewerPorts) removePort(slot, code(port));
    }

    /** Daemons do not count: they run wherever they can. */
    boolean isInUse(int slot) {
        return placed[slot] > 0;
    }

    Resources free(int slot) {
        Resources free = named[slot];
        return new Resources(cpu[slot], memory[slot], gpus[slot], free == null ? Map.of() : free.others());
    }

    /** How much is free of a resource that has only a name. */
    int other(int slot, String name) {
        Resources free = named[slot];
        return free == null ? 0 : free.other(name);
    }

    boolean isTaken(int slot, int portCode) {
        for (int taken : ports[slot]) if (taken == portCode) return true;
        return false;
    }

    /** By the hosts' ids. */
    boolean comesBefore(int slot, int other) {
        if (id[slot] != id[other]) return Long.compareUnsigned(id[slot], id[other]) < 0;
        return slot != other
                && load(slot).instance().id().compareTo(load(other).instance().id()) < 0;
    }

    static int code(HostPort port) {
        return (port.port() << 1) | (port.protocol().equals("udp") ? 1 : 0);
    }

    private void set(int slot, int freeCpu, int freeMemory, int freeGpus) {
        cpu[slot] = freeCpu;
        memory[slot] = freeMemory;
        gpus[slot] = freeGpus;
    }

    private void addPorts(int slot, Collection<HostPort> more) {
        if (more.isEmpty()) return;
        int[] all = Arrays.copyOf(ports[slot], ports[slot].length + more.size());
        int at = ports[slot].length;
        for (HostPort port : more) all[at++] = code(port);
        ports[slot] = all;
    }

    /** Once: a port may be taken by one task and be kept for the next. */
    private void removePort(int slot, int portCode) {
        int[] all = ports[slot];
        for (int i = 0; i < all.length; i++)
            if (all[i] == portCode) {
                int[] left = Arrays.copyOf(all, all.length - 1);
                if (i < left.length) left[i] = all[left.length];
                ports[slot] = left;
                return;
            }
    }

    private void growTo(int slot) {
        end = Math.max(end, slot + 1);
        if (slot < loads.length) return;
        int length = Math.max(64, slot + 1 + slot / 2);
        loads = Arrays.copyOf(loads, length);
        cpu = Arrays.copyOf(cpu, length);
        memory = Arrays.copyOf(memory, length);
        gpus = Arrays.copyOf(gpus, length);
        tasks = Arrays.copyOf(tasks, length);
        placed = Arrays.copyOf(placed, length);
        named = Arrays.copyOf(named, length);
        hostClass = Arrays.copyOf(hostClass, length);
        ports = Arrays.copyOf(ports, length);
        id = Arrays.copyOf(id, length);
    }
}
