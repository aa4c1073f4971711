package io.staithe.core.scheduler;

import org.jspecify.annotations.Nullable;

/** The orders in which hosts are looked for; those in which tasks are packed, from when somebody packs. */
final class HostOrders {
    private final HostTable hosts;
    private final HostOrder byMemory;
    private @Nullable PackingOrder packedByMemory;
    private @Nullable PackingOrder packedByCpu;

    HostOrders(HostTable hosts) {
        this.hosts = hosts;
        this.byMemory = new HostOrder(hosts, true);
    }

    HostOrder byMemory() {
        return byMemory;
    }

    PackingOrder packed(boolean byCpu) {
        PackingOrder known = byCpu ? packedByCpu : packedByMemory;
        if (known != null) return known;
        PackingOrder order = filled(!byCpu);
        if (byCpu) packedByCpu = order;
        else packedByMemory = order;
        return order;
    }

    private PackingOrder filled(boolean byMemory) {
        PackingOrder order = new PackingOrder(hosts, byMemory);
        for (int slot = 0; slot < hosts.end; slot++)
            if (hosts.loads[slot] != null) order.insert(hosts.hostClass[slot], slot);
        return order;
    }

    void clear() {
        byMemory.clear();
        if (packedByMemory != null) packedByMemory.clear();
        if (packedByCpu != null) packedByCpu.clear();
    }

    /** The slot must be in none of the orders. */
    void insert(int slot) {
        int hostClass = hosts.hostClass[slot];
        byMemory.insert(hostClass, slot);
        if (packedByMemory != null) packedByMemory.insert(hostClass, slot);
        if (packedByCpu != null) packedByCpu.insert(hostClass, slot);
    }

    /** The slot must be in the orders, as it was when it was inserted. */
    void remove(int slot) {
        int hostClass = hosts.hostClass[slot];
        byMemory.remove(hostClass, slot);
        if (packedByMemory != null) packedByMemory.remove(hostClass, slot);
        if (packedByCpu != null) packedByCpu.remove(hostClass, slot);
    }
}
