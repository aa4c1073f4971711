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

    /**
     * @param deployment all stored tasks of the deployment
     * @param staying those that keep their slots
     */
    Slots(List<Task> deployment, List<Task> staying) {
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

    /** When the next task of a slot may start; empty: at once. */
    Optional<Instant> notBefore(int slot) {
        return BackOff.notBefore(ended.getOrDefault(slot, List.of()));
    }
}
