package io.staithe.agent.endpoint;

import io.staithe.core.model.TaskId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** ECS's limit: so many requests of a task in a row, and so many a second in the long run. */
final class RequestRate {
    static final int BURST = 60;
    static final int A_SECOND = 40;

    /** More than a host has; those that asked least recently are forgotten, and begin with a full burst. */
    private static final int MAX_TASKS = 2_000;

    private static final double NANOS = 1e9;

    private final LongSupplier nanoTime;
    private final Map<TaskId, Allowance> allowances = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<TaskId, Allowance> eldest) {
            return size() > MAX_TASKS;
        }
    };

    private record Allowance(double left, long at) {}

    RequestRate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized boolean allows(TaskId task) {
        long now = nanoTime.getAsLong();
        Allowance before = allowances.getOrDefault(task, new Allowance(BURST, now));
        double left = Math.min(BURST, before.left() + (now - before.at()) / NANOS * A_SECOND);
        boolean allowed = left >= 1;
        allowances.put(task, new Allowance(allowed ? left - 1 : left, now));
        return allowed;
    }
}
