package io.staithe.core.scheduler;

/**
 * Hosts as {@code binpack} takes them: those in use, the one with the least room first; then unused ones, the one with the most
 * room first. ECS says that {@code binpack} "minimizes the number of container instances in use".
 */
final class PackingOrder {
    private static final int NONE = HostOrder.NONE;

    private final HostTable hosts;
    private final HostOrder inUse;
    private final HostOrder unused;

    PackingOrder(HostTable hosts, boolean byMemory) {
        this.hosts = hosts;
        this.inUse = new HostOrder(hosts, byMemory);
        this.unused = new HostOrder(hosts, byMemory);
    }

    void clear() {
        inUse.clear();
        unused.clear();
    }

    /** As {@link HostOrder#insert}; nor must it come into use or out of it while it is in the order. */
    void insert(int hostClass, int slot) {
        orderOf(slot).insert(hostClass, slot);
    }

    void remove(int hostClass, int slot) {
        orderOf(slot).remove(hostClass, slot);
    }

    /** The best host that has at least this much of each; or {@link HostOrder#NONE}. */
    int first(int hostClass, int key, int other, int gpus) {
        int slot = inUse.least(hostClass, key, other, gpus);
        return slot != NONE ? slot : unused.most(hostClass, key, other, gpus);
    }

    /** Like {@link #first}, after {@code slot} in the order. */
    int next(int hostClass, int slot, int key, int other, int gpus) {
        if (!hosts.isInUse(slot)) return unused.mostBefore(hostClass, slot, key, other, gpus);
        int next = inUse.leastAfter(hostClass, slot, other, gpus);
        return next != NONE ? next : unused.most(hostClass, key, other, gpus);
    }

    private HostOrder orderOf(int slot) {
        return hosts.isInUse(slot) ? inUse : unused;
    }
}
