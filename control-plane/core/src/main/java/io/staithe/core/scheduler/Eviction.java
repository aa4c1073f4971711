package io.staithe.core.scheduler;

import io.staithe.core.model.Task;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What it would take to make room on one host.
 *
 * @param victims tasks that would have to stop; none: those that leave it anyway are enough
 */
record Eviction(Host host, List<Task> victims) {
    /** The least disruption first: the lowest highest priority, the fewest, the youngest; then by the hosts' ids. */
    static final Comparator<Eviction> LEAST_FIRST = Comparator.comparingInt(Eviction::highestPriority)
            .thenComparingInt(eviction -> eviction.victims.size())
            .thenComparing(Eviction::oldest, Comparator.reverseOrder())
            .thenComparing(eviction -> eviction.host.instance().id());

    int highestPriority() {
        return victims.stream()
                .mapToInt(victim -> victim.policy().priority())
                .max()
                .orElse(-1);
    }

    private Instant oldest() {
        return victims.stream()
                .map(Task::createdAt)
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }
}
