package io.staithe.capacity.packing;

/**
 * What no packing costs less than. Dual prices by which no pattern is worth more than its host costs prove it; when one is worth
 * {@code excess} times as much, prices that much lower do (Farley 1990). It holds for any part of the tasks.
 */
final class DualBound {
    private final double[] values;
    private final double limits;

    private DualBound(double[] values, double limits) {
        this.values = values;
        this.limits = limits;
    }

    static DualBound none(int classes) {
        return new DualBound(new double[classes], 0);
    }

    /**
     * @param duals of the classes
     * @param excess at least 1
     * @param limits what relaxing the limits by one hundred percent would save; at least 0
     */
    static DualBound of(double[] duals, double excess, double limits) {
        double[] values = new double[duals.length];
        for (int taskClass = 0; taskClass < values.length; taskClass++) values[taskClass] = duals[taskClass] / excess;
        return new DualBound(values, limits);
    }

    /** In dollars an hour. */
    double of(int[] tasks) {
        double sum = -limits;
        for (int taskClass = 0; taskClass < tasks.length; taskClass++) sum += values[taskClass] * tasks[taskClass];
        return Math.max(0, sum);
    }
}
