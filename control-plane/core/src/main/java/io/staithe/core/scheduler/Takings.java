package io.staithe.core.scheduler;

import io.staithe.core.model.HostPort;
import io.staithe.core.model.Resources;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What differs between a working copy of hosts and the state that it follows, so that it can be undone, the newest
 * first. Written for each placement: nothing is made for it.
 */
final class Takings {
    /** What is done to a host. */
    interface Act {
        /**
         * @param group of the task that comes or goes with it; absent: only room does
         * @param sign 1: taken; -1: given back
         */
        void apply(int slot, Resources amount, Collection<HostPort> ports, @Nullable Group group, int sign);
    }

    private int[] slots = {};
    private int[] signs = {};
    private @Nullable Group[] groups = {};
    private final List<Resources> amounts = new ArrayList<>();
    private final List<Collection<HostPort>> ports = new ArrayList<>();
    private int size;

    int size() {
        return size;
    }

    void add(int slot, Resources amount, Collection<HostPort> itsPorts, @Nullable Group group, int sign) {
        if (size == slots.length) grow();
        slots[size] = slot;
        groups[size] = group;
        signs[size++] = sign;
        amounts.add(amount);
        ports.add(itsPorts);
    }

    /** Undoes all but the first {@code mark} by their opposites. */
    void undo(int mark, Act act) {
        while (size > mark) {
            size--;
            act.apply(slots[size], amounts.remove(size), ports.remove(size), groups[size], -signs[size]);
        }
    }

    void clear() {
        size = 0;
        amounts.clear();
        ports.clear();
    }

    private void grow() {
        int length = 2 * size + 64;
        slots = Arrays.copyOf(slots, length);
        groups = Arrays.copyOf(groups, length);
        signs = Arrays.copyOf(signs, length);
    }
}
