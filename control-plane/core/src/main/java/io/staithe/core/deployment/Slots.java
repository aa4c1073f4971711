package io.staithe.core.deployment;

import io.staithe.core.model.Task;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The places of a replicated deployment's tasks. A task that ends leaves its slot to its replacement, which may have to wait. */
final class Slots {
    private final Set<Integer> taken = new HashSet<>();
    private final Map<Integer, List<Task>> ended = new HashMap<>();
    private final Instant since;

    /**
     * @param deployment all stored tasks of the deployment
     * @param staying those that keep their slots
     * @param since failures before count no more
     */
    Slots(List<Task> deployment, List<Task> staying, Instant since) {
        this.since = since;
        for (Task task : staying) if (task.slot() != null) taken.add(task.slot());
        for (Task task : deployment)
            if (task.isStopped() && task.slot() != null)
                ended.computeIfAbsent(task.slot(), slot -> new ArrayList<>()).add(task);
    }

    /** The lowest free slots. */
    List<Integer> free(int count) {
        List<Integer> free = new ArrayList<>();
        for (int slot = 0; free.size() < count; slot++) if (!taken.contains(slot)) free.add(slot);
        return free;
    }

    /** How long the next task of a slot waits; empty: it may start at once. */
    Optional<BackOff.Pause> pause(int slot) {
        return BackOff.after(ended.getOrDefault(slot, List.of()), since);
    }
}
