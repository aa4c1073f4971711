package io.staithe.core.scheduler;

import java.util.Arrays;

/** How many tasks of a group run in each zone, told for each class of hosts: counted anew for a search, in arrays that stay. */
final class ZoneCounts {
    private int zones;
    /** By zone attribute: the counts by class in the first half, and by value in the second. */
    private int[][] counts = {};

    /** Over all classes, open to the task or not. */
    void count(Zones of, Group group, int classes) {
        zones = of.count();
        if (counts.length < zones) counts = Arrays.copyOf(counts, zones);
        for (int z = 0; z < zones; z++) {
            if (counts[z] == null || counts[z].length < 2 * classes) counts[z] = new int[4 * classes];
            int[] byClass = counts[z];
            Arrays.fill(byClass, classes, 2 * classes, 0);
            for (int c = 0; c < classes; c++) byClass[classes + of.valueOf(z, c)] += group.in(c);
            for (int c = 0; c < classes; c++) byClass[c] = byClass[classes + of.valueOf(z, c)];
        }
    }

    int of(int zone, int hostClass) {
        return counts[zone][hostClass];
    }

    /** Attribute by attribute: negative where the first class has fewer tasks in its zone. */
    int compare(int hostClass, int other) {
        for (int z = 0; z < zones; z++) {
            int byCount = Integer.compare(counts[z][hostClass], counts[z][other]);
            if (byCount != 0) return byCount;
        }
        return 0;
    }
}
