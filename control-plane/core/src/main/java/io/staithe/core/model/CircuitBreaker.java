package io.staithe.core.model;

import org.jspecify.annotations.Nullable;

/**
 * Ends a deployment whose tasks keep failing.
 *
 * @param rollback whether the last completed deployment comes back then
 * @param thresholdConfiguration absent: half of the desired count, at least 3 and at most 200 (ECS)
 * @param resetOnHealthyTask whether a task that becomes healthy starts the count anew; absent: it does
 */
public record CircuitBreaker(
        boolean enable,
        boolean rollback,
        @Nullable Threshold thresholdConfiguration,
        @Nullable Boolean resetOnHealthyTask) {
    private static final int LEAST = 3;
    private static final int MOST = 200;
    private static final int DEFAULT_PERCENT = 50;

    /**
     * How many failed tasks are too many.
     *
     * @param value tasks of COUNT, percent of the desired count of the others
     */
    public record Threshold(Type type, int value) {
        public enum Type {
            COUNT,
            /** At least 3 and at most 200 tasks. */
            BOUNDED_PERCENT,
            /** At least one task. */
            UNBOUNDED_PERCENT
        }

        public Threshold {
            Check.that(type != null, "type", "must be COUNT, BOUNDED_PERCENT or UNBOUNDED_PERCENT");
            Check.range(value, 1, type == Type.COUNT ? Service.MAX_DESIRED_COUNT : 1000, "value");
        }
    }

    public static CircuitBreaker of(boolean rollback) {
        return new CircuitBreaker(true, rollback, null, null);
    }

    /** As many failed tasks end a deployment of {@code desired} tasks. */
    public int threshold(int desired) {
        if (thresholdConfiguration == null) return bounded(percent(desired, DEFAULT_PERCENT));
        int value = thresholdConfiguration.value();
        return switch (thresholdConfiguration.type()) {
            case COUNT -> value;
            case BOUNDED_PERCENT -> bounded(percent(desired, value));
            case UNBOUNDED_PERCENT -> Math.max(1, percent(desired, value));
        };
    }

    public boolean resetsOnHealthyTask() {
        return resetOnHealthyTask == null || resetOnHealthyTask;
    }

    private static int percent(int desired, int percent) {
        return (int) (((long) desired * percent + 99) / 100);
    }

    private static int bounded(int tasks) {
        return Math.max(LEAST, Math.min(MOST, tasks));
    }
}
