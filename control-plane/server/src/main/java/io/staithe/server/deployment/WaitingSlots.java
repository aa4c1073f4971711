package io.staithe.server.deployment;

import io.staithe.core.deployment.BackOff;
import io.staithe.core.model.Task;
import io.staithe.server.deployment.DeploymentProgress.WaitingSlot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The slots of a deployment whose last tasks failed, and which wait before they try again. */
final class WaitingSlots {
    private WaitingSlots() {}

    /**
     * @param tasks of one deployment
     * @param since what ended before counts no more
     */
    static List<WaitingSlot> of(List<Task> tasks, Instant since, Instant now) {
        Set<Integer> taken = tasks.stream()
                .filter(task -> task.isActive() && task.slot() != null)
                .map(Task::slot)
                .collect(Collectors.toSet());
        Map<Integer, List<Task>> ended = new TreeMap<>();
        for (Task task : tasks)
            if (task.isStopped() && task.slot() != null && !taken.contains(task.slot()))
                ended.computeIfAbsent(task.slot(), slot -> new ArrayList<>()).add(task);
        List<WaitingSlot> waiting = new ArrayList<>();
        ended.forEach((slot, gone) -> BackOff.after(gone, since)
                .filter(pause -> now.isBefore(pause.until()))
                .ifPresent(pause -> waiting.add(new WaitingSlot(slot, pause.failures(), pause.until()))));
        return waiting;
    }
}
