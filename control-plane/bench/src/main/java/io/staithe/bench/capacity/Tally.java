package io.staithe.bench.capacity;

import java.util.Locale;

/** Sums over the looks of a day. */
final class Tally {
    private static final double NANOS = 1e9;

    private int looks;
    private long tasks;
    private long moved;
    private long nanos;
    private long longest;
    private long cost;
    private long anew;
    private double worst;

    /**
     * @param nanosTaken of a core, to decide
     * @param micros what the hosts cost, in millionths of a dollar an hour
     * @param anewMicros what they would if all tasks were packed anew
     */
    void add(int tasksHere, int moves, long nanosTaken, long micros, long anewMicros) {
        looks++;
        tasks += tasksHere;
        moved += moves;
        nanos += nanosTaken;
        longest = Math.max(longest, nanosTaken);
        cost += micros;
        anew += anewMicros;
        worst = Math.max(worst, (double) micros / anewMicros);
    }

    static void printHead() {
        System.out.println("""
                | a day of | tasks at a time | cost to packing all anew | the worst look | moved | of the tasks, a look | core seconds a look | the longest |
                |---|---|---|---|---|---|---|---|""");
    }

    void print(String name) {
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.4f | %.4f | %,d | %.2f %% | %.3f | %.3f |%n",
                name,
                tasks / looks,
                (double) cost / anew,
                worst,
                moved,
                100.0 * moved / tasks,
                nanos / NANOS / looks,
                longest / NANOS);
    }
}
