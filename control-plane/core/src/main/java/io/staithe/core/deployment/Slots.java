package io.staithe.core.deployment;

import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The places of a deployment's tasks. A task that ends leaves its slot to its replacement, and a slot whose tasks keep
 * dying young waits longer each time; the others do not.
 */
final class Slots {
    /** A task that ran for less before it failed died young. */
    private static final Duration YOUNG = Duration.ofSeconds(10);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LAST_PAUSE = Duration.ofMinutes(5);

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
        ended.values()
                .forEach(tasks ->
                        tasks.sort(Comparator.comparing(Task::createdAt).reversed()));
    }

    /** The lowest free slots. */
    List<Integer> free(int count) {
        List<Integer> free = new ArrayList<>();
        for (int slot = 0; free.size() < count; slot++) if (!taken.contains(slot)) free.add(slot);
        return free;
    }

    /** When the next task of a slot may start; empty: at once. */
    Optional<Instant> notBefore(int slot) {
        List<Task> tasks = ended.getOrDefault(slot, List.of());
        int diedYoung = 0;
        while (diedYoung < tasks.size() && diedYoung(tasks.get(diedYoung))) diedYoung++;
        Duration pause = pauseAfter(diedYoung);
        return pause.isZero()
                ? Optional.empty()
                : Optional.ofNullable(tasks.get(0).stoppedAt()).map(at -> at.plus(pause));
    }

    /** One early death may be chance and is made good at once; from the second on, 10 s, doubling, up to 5 minutes. */
    private static Duration pauseAfter(int diedYoung) {
        if (diedYoung < 2) return Duration.ZERO;
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(diedYoung - 2, 10));
        return pause.compareTo(LAST_PAUSE) < 0 ? pause : LAST_PAUSE;
    }

    private static boolean diedYoung(Task task) {
        boolean failed =
                task.stopCode() == StopCode.TaskFailedToStart || task.stopCode() == StopCode.EssentialContainerExited;
        if (!failed || task.stoppedAt() == null) return false;
        return task.startedAt() == null
                || Duration.between(task.startedAt(), task.stoppedAt()).compareTo(YOUNG) < 0;
    }
}
