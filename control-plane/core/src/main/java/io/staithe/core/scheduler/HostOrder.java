package io.staithe.core.scheduler;

import java.util.Arrays;

/**
 * Hosts in the order of what is free on them, one ordered set for each class of hosts: finds the host with the least or the
 * most of one resource among those that have enough of all, in logarithmic time. A treap in flat arrays, each node with
 * the largest amounts below it (Seidel and Aragon, "Randomized Search Trees", 1996); its heap order comes from a hash of
 * the slot, so that the same hosts make the same tree.
 */
final class HostOrder {
    static final int NONE = -1;

    private final HostTable hosts;
    /** Which resource the order is by; the other one is the second key. */
    private final boolean byMemory;

    private int[] left = {};
    private int[] right = {};
    private int[] size = {};
    private int[] mostOther = {};
    private int[] mostGpus = {};
    private int[] roots = {};

    HostOrder(HostTable hosts, boolean byMemory) {
        this.hosts = hosts;
        this.byMemory = byMemory;
    }

    void clear() {
        Arrays.fill(roots, NONE);
    }

    int sizeOf(int hostClass) {
        return hostClass < roots.length && roots[hostClass] != NONE ? size[roots[hostClass]] : 0;
    }

    /** The slot must not be in the order, and its amounts must not change while it is. */
    void insert(int hostClass, int slot) {
        growTo(hostClass, slot);
        roots[hostClass] = insertUnder(roots[hostClass], slot);
    }

    /** The slot must be in the order of this class. */
    void remove(int hostClass, int slot) {
        roots[hostClass] = removeUnder(roots[hostClass], slot);
    }

    /** The host with the least of the first resource that has at least this much of each; or {@link #NONE}. */
    int least(int hostClass, int key, int other, int gpus) {
        return leastUnder(root(hostClass), key, other, gpus);
    }

    /** The host with the most of the first resource that has at least this much of each; or {@link #NONE}. */
    int most(int hostClass, int key, int other, int gpus) {
        return mostUnder(root(hostClass), key, other, gpus);
    }

    /** Like {@link #least}, after {@code slot} in the order. */
    int leastAfter(int hostClass, int slot, int other, int gpus) {
        return leastAfterUnder(root(hostClass), slot, other, gpus);
    }

    /** Like {@link #most}, before {@code slot} in the order. */
    int mostBefore(int hostClass, int slot, int key, int other, int gpus) {
        return mostBeforeUnder(root(hostClass), slot, key, other, gpus);
    }

    /** How many hosts have less of the first resource. */
    int countBelow(int hostClass, int key) {
        int below = 0;
        for (int node = root(hostClass); node != NONE; ) {
            if (keyOf(node) < key) {
                below += sizeAt(left[node]) + 1;
                node = right[node];
            } else {
                node = left[node];
            }
        }
        return below;
    }

    /** The host with {@code rank} hosts before it; {@code rank} from 0 to size - 1. */
    int select(int hostClass, int rank) {
        int node = root(hostClass);
        for (int before = rank; ; ) {
            int onLeft = sizeAt(left[node]);
            if (before == onLeft) return node;
            if (before < onLeft) {
                node = left[node];
            } else {
                before -= onLeft + 1;
                node = right[node];
            }
        }
    }

    private int root(int hostClass) {
        return hostClass < roots.length ? roots[hostClass] : NONE;
    }

    private int leastUnder(int node, int key, int other, int gpus) {
        if (node == NONE || mostOther[node] < other || mostGpus[node] < gpus) return NONE;
        if (keyOf(node) < key) return leastUnder(right[node], key, other, gpus);
        int found = leastUnder(left[node], key, other, gpus);
        if (found != NONE) return found;
        return fits(node, other, gpus) ? node : leastUnder(right[node], key, other, gpus);
    }

    private int mostUnder(int node, int key, int other, int gpus) {
        if (node == NONE || mostOther[node] < other || mostGpus[node] < gpus) return NONE;
        int found = mostUnder(right[node], key, other, gpus);
        if (found != NONE) return found;
        if (keyOf(node) < key) return NONE;
        return fits(node, other, gpus) ? node : mostUnder(left[node], key, other, gpus);
    }

    private int leastAfterUnder(int node, int slot, int other, int gpus) {
        if (node == NONE || mostOther[node] < other || mostGpus[node] < gpus) return NONE;
        if (!isBefore(slot, node)) return leastAfterUnder(right[node], slot, other, gpus);
        int found = leastAfterUnder(left[node], slot, other, gpus);
        if (found != NONE) return found;
        return fits(node, other, gpus) ? node : leastAfterUnder(right[node], slot, other, gpus);
    }

    private int mostBeforeUnder(int node, int slot, int key, int other, int gpus) {
        if (node == NONE || mostOther[node] < other || mostGpus[node] < gpus) return NONE;
        if (!isBefore(node, slot)) return mostBeforeUnder(left[node], slot, key, other, gpus);
        int found = mostBeforeUnder(right[node], slot, key, other, gpus);
        if (found != NONE) return found;
        if (keyOf(node) < key) return NONE;
        return fits(node, other, gpus) ? node : mostBeforeUnder(left[node], slot, key, other, gpus);
    }

    private boolean fits(int node, int other, int gpus) {
        return otherOf(node) >= other && hosts.gpus[node] >= gpus;
    }

    private int insertUnder(int node, int slot) {
        if (node == NONE) return leaf(slot);
        if (height(slot) > height(node)) return split(node, slot);
        if (isBefore(slot, node)) left[node] = insertUnder(left[node], slot);
        else right[node] = insertUnder(right[node], slot);
        return summed(node);
    }

    private int leaf(int slot) {
        left[slot] = NONE;
        right[slot] = NONE;
        return summed(slot);
    }

    /** Makes {@code slot} the root of what was below {@code node}. */
    private int split(int node, int slot) {
        splitInto(node, slot, slot, slot);
        return summed(slot);
    }

    /** Hangs what comes before {@code slot} under {@code low}'s right (or as the left of slot itself), the rest likewise. */
    private void splitInto(int node, int slot, int low, int high) {
        if (node == NONE) {
            hangLow(slot, low, NONE);
            hangHigh(slot, high, NONE);
        } else if (isBefore(node, slot)) {
            hangLow(slot, low, node);
            splitInto(right[node], slot, node, high);
            summed(node);
        } else {
            hangHigh(slot, high, node);
            splitInto(left[node], slot, low, node);
            summed(node);
        }
    }

    private void hangLow(int slot, int low, int node) {
        if (low == slot) left[slot] = node;
        else right[low] = node;
    }

    private void hangHigh(int slot, int high, int node) {
        if (high == slot) right[slot] = node;
        else left[high] = node;
    }

    private int removeUnder(int node, int slot) {
        if (node == NONE) throw new IllegalStateException("slot " + slot + " is not in this order");
        if (node == slot) return merge(left[node], right[node]);
        if (isBefore(slot, node)) left[node] = removeUnder(left[node], slot);
        else right[node] = removeUnder(right[node], slot);
        return summed(node);
    }

    private int merge(int low, int high) {
        if (low == NONE) return high;
        if (high == NONE) return low;
        if (height(low) > height(high)) {
            right[low] = merge(right[low], high);
            return summed(low);
        }
        left[high] = merge(low, left[high]);
        return summed(high);
    }

    private int summed(int node) {
        int low = left[node];
        int high = right[node];
        int other = otherOf(node);
        int gpus = hosts.gpus[node];
        int count = 1;
        if (low != NONE) {
            count += size[low];
            other = Math.max(other, mostOther[low]);
            gpus = Math.max(gpus, mostGpus[low]);
        }
        if (high != NONE) {
            count += size[high];
            other = Math.max(other, mostOther[high]);
            gpus = Math.max(gpus, mostGpus[high]);
        }
        size[node] = count;
        mostOther[node] = other;
        mostGpus[node] = gpus;
        return node;
    }

    private int sizeAt(int node) {
        return node == NONE ? 0 : size[node];
    }

    private int keyOf(int slot) {
        return byMemory ? hosts.memory[slot] : hosts.cpu[slot];
    }

    private int otherOf(int slot) {
        return byMemory ? hosts.cpu[slot] : hosts.memory[slot];
    }

    /** Less of the first resource, then of the second; then the later id, so that of equal hosts {@link #most} finds the first. */
    private boolean isBefore(int one, int two) {
        if (keyOf(one) != keyOf(two)) return keyOf(one) < keyOf(two);
        if (otherOf(one) != otherOf(two)) return otherOf(one) < otherOf(two);
        return hosts.comesBefore(two, one);
    }

    /** The finalizer of MurmurHash3: spreads the slots over all heights. */
    private static int height(int slot) {
        int h = slot + 0x9e3779b9;
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }

    private void growTo(int hostClass, int slot) {
        if (hostClass >= roots.length) {
            int before = roots.length;
            roots = Arrays.copyOf(roots, Math.max(16, hostClass + 1 + hostClass / 2));
            Arrays.fill(roots, before, roots.length, NONE);
        }
        if (slot < left.length) return;
        int length = Math.max(64, slot + 1 + slot / 2);
        left = Arrays.copyOf(left, length);
        right = Arrays.copyOf(right, length);
        size = Arrays.copyOf(size, length);
        mostOther = Arrays.copyOf(mostOther, length);
        mostGpus = Arrays.copyOf(mostGpus, length);
    }
}
