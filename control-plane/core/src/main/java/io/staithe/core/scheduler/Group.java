package io.staithe.core.scheduler;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Where the tasks of one task group run: by host, and by class of hosts. */
final class Group {
    private final Counts byHost = new Counts();
    private int[] byClass = {};
    /** Absent until somebody asks. */
    private @Nullable Levels levels;

    int on(int slot) {
        return byHost.of(slot);
    }

    int in(int hostClass) {
        return hostClass < byClass.length ? byClass[hostClass] : 0;
    }

    /** A table of the hosts that run it: see {@link Counts#slotAt}. */
    Counts hosts() {
        return byHost;
    }

    /** Kept up to date once it was asked for. */
    Levels levels(int[] classOfSlot) {
        if (levels == null) {
            levels = new Levels();
            for (int position = 0; position < byHost.length(); position++) {
                int slot = byHost.slotAt(position);
                if (slot != -1) levels.change(classOfSlot[slot], 0, byHost.of(slot));
            }
        }
        return levels;
    }

    void add(int slot, int hostClass, int change) {
        int after = byHost.add(slot, change);
        addIn(hostClass, change);
        if (levels != null) levels.change(hostClass, after - change, after);
    }

    private void addIn(int hostClass, int change) {
        if (hostClass >= byClass.length) byClass = Arrays.copyOf(byClass, Math.max(8, hostClass + 1 + hostClass / 2));
        byClass[hostClass] += change;
    }

    /** Hosts have been sorted into other classes. */
    void sortAnew(int[] classOfSlot) {
        byClass = new int[0];
        levels = null;
        for (int position = 0; position < byHost.length(); position++) {
            int slot = byHost.slotAt(position);
            if (slot != -1) addIn(classOfSlot[slot], byHost.of(slot));
        }
    }
}
