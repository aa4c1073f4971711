package io.staithe.core.rebalance;

import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.Task;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** What keeps one task of a steady service where it is. */
record Movable(Rebalancing rebalancing, Instant now) {
    Optional<Hindrance> hindrance(Task task) {
        if (task.isProtectedAt(now))
            return Optional.of(
                    new Hindrance(Hindrance.Code.PROTECTED, "its tasks are protected", task.protectedUntil()));
        Instant startedAt = task.startedAt() == null ? task.createdAt() : task.startedAt();
        Instant oldEnough = startedAt.plusSeconds(rebalancing.minimumTaskAgeSeconds());
        if (now.isBefore(oldEnough))
            return Optional.of(new Hindrance(
                    Hindrance.Code.YOUNG,
                    "its tasks are left alone for " + rebalancing.minimumTaskAgeSeconds() + " s after their start",
                    oldEnough));
        return Optional.empty();
    }

    /** @param tasks each of them hindered, at least one */
    Hindrance firstToEnd(Collection<Task> tasks) {
        return tasks.stream()
                .flatMap(task -> hindrance(task).stream())
                .min(Comparator.comparing(Hindrance::until, Comparator.nullsLast(Comparator.naturalOrder())))
                .orElseThrow();
    }
}
