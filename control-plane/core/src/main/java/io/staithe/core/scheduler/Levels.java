package io.staithe.core.scheduler;

import java.util.Arrays;

/**
 * In each class of hosts, how many run how many tasks of one group: tells the fewest on a host without a look at every host.
 * Kept for groups alone whose skew over hosts is limited.
 */
final class Levels {
    private static final int[] NO_HOSTS = {};

    /** By class, then by the number of tasks, which is at least 1: how many hosts. */
    private int[][] hosts = {};
    /** By class: how many hosts run any. */
    private int[] running = {};

    /** A host that ran {@code before} tasks runs {@code after}. */
    void change(int hostClass, int before, int after) {
        if (hostClass >= hosts.length) {
            int known = hosts.length;
            hosts = Arrays.copyOf(hosts, hostClass + 1 + hostClass / 2);
            running = Arrays.copyOf(running, hosts.length);
            Arrays.fill(hosts, known, hosts.length, NO_HOSTS);
        }
        int most = Math.max(before, after);
        if (most >= hosts[hostClass].length) hosts[hostClass] = Arrays.copyOf(hosts[hostClass], most + 4);
        if (before > 0) hosts[hostClass][before]--;
        else running[hostClass]++;
        if (after > 0) hosts[hostClass][after]++;
        else running[hostClass]--;
    }

    /** @param size how many hosts the class has, at least 1 */
    int fewestIn(int hostClass, int size) {
        if (hostClass >= hosts.length || running[hostClass] < size) return 0;
        int[] byCount = hosts[hostClass];
        int fewest = 1;
        while (byCount[fewest] == 0) fewest++;
        return fewest;
    }
}
