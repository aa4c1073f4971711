package io.staithe.capacity.packing;

import java.util.Arrays;

/** How one host of an offer is filled (Gilmore and Gomory 1961): that many tasks of each class of the {@link Grid}. */
final class Pattern {
    final int offer;
    /** By class; never changed. */
    final int[] counts;

    Pattern(int offer, int[] counts) {
        this.offer = offer;
        this.counts = counts;
    }

    /** How often it can be used before one of its tasks would not be there. */
    int timesWithin(int[] remaining) {
        int times = Integer.MAX_VALUE;
        for (int taskClass = 0; taskClass < counts.length; taskClass++)
            if (counts[taskClass] > 0) times = Math.min(times, remaining[taskClass] / counts[taskClass]);
        return times;
    }

    /** By class, what of these tasks is wanted. */
    static int[] within(int[] counts, int[] remaining) {
        int[] clipped = new int[counts.length];
        for (int taskClass = 0; taskClass < counts.length; taskClass++)
            clipped[taskClass] = Math.min(counts[taskClass], remaining[taskClass]);
        return clipped;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pattern pattern && offer == pattern.offer && Arrays.equals(counts, pattern.counts);
    }

    @Override
    public int hashCode() {
        return 31 * offer + Arrays.hashCode(counts);
    }

    double value(double[] ofTasks) {
        double value = 0;
        for (int taskClass = 0; taskClass < counts.length; taskClass++) value += ofTasks[taskClass] * counts[taskClass];
        return value;
    }
}
