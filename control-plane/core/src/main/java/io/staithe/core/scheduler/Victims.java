package io.staithe.core.scheduler;

import io.staithe.core.model.DisruptionBudget;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import io.staithe.core.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.HashTreePSet;
import org.pcollections.PMap;
import org.pcollections.PSet;

/**
 * Which tasks may be stopped for one of higher priority: active ones that are not protected, of no daemon service, and as many
 * of a service as its {@link DisruptionBudget} has left. What a service has lost is counted from the tasks that are stored.
 */
final class Victims {
    private static final Duration HOUR = Duration.ofHours(1);

    /** Those that it hurts least to stop come first: of the lowest priority, large, young. */
    private static final Comparator<Task> LEAST_MISSED_FIRST = Comparator.<Task>comparingInt(
                    task -> task.policy().priority())
            .thenComparingInt(task -> -task.reserved().memory())
            .thenComparingInt(task -> -task.reserved().cpu())
            .thenComparing(Task::createdAt, Comparator.reverseOrder())
            .thenComparing(Task::id);

    /** To come back to. */
    record Chosen(PSet<TaskId> tasks, PMap<ServiceId, Integer> ofService) {}

    private final ClusterState state;
    private final Instant now;
    private final Map<InstanceId, List<Task>> onHost = new HashMap<>();
    private final Map<ServiceId, Integer> allowed = new HashMap<>();
    private Chosen chosen = new Chosen(HashTreePSet.empty(), HashTreePMap.empty());
    private @Nullable Instant moreAt;
    private boolean spared;

    Victims(ClusterState state, Instant now) {
        this.state = state;
        this.now = now;
    }

    /** Those that may stop on a host for a task of this priority and group; those that are missed least first. */
    List<Task> on(Host host, int priority, String group) {
        List<Task> victims = new ArrayList<>();
        Map<ServiceId, Integer> taken = new HashMap<>();
        for (Task task : onHost.computeIfAbsent(host.instance().id(), this::candidates)) {
            if (task.policy().priority() >= priority) break;
            if (task.group().equals(group) || chosen.tasks.contains(task.id())) continue;
            if (task.isProtectedAt(now)) {
                spare(task.protectedUntil());
            } else if (task.service() == null) {
                victims.add(task);
            } else if (taken.merge(task.service(), 1, Integer::sum) <= left(task.service())) {
                victims.add(task);
            } else {
                spared = true;
            }
        }
        return victims;
    }

    void choose(List<Task> tasks) {
        PSet<TaskId> ids = chosen.tasks;
        PMap<ServiceId, Integer> ofService = chosen.ofService;
        for (Task task : tasks) {
            ids = ids.plus(task.id());
            if (task.service() != null)
                ofService = ofService.plus(task.service(), ofService.getOrDefault(task.service(), 0) + 1);
        }
        chosen = new Chosen(ids, ofService);
    }

    /** Of this pass. */
    Chosen chosen() {
        return chosen;
    }

    void backTo(Chosen before) {
        chosen = before;
    }

    /** When protection or an hour ends, and more tasks may be stopped; absent: not by time alone. */
    @Nullable
    Instant moreAt() {
        return moreAt;
    }

    /** Whether tasks of lower priority were left alone since this was asked last. */
    boolean spared() {
        boolean was = spared;
        spared = false;
        return was;
    }

    private List<Task> candidates(InstanceId host) {
        return state.tasksOn(host)
                .filter(Task::isActive)
                .filter(task -> !task.isOfDaemon())
                .sorted(LEAST_MISSED_FIRST)
                .toList();
    }

    private int left(ServiceId service) {
        return allowed.computeIfAbsent(service, this::allowed) - chosen.ofService.getOrDefault(service, 0);
    }

    private int allowed(ServiceId id) {
        DisruptionBudget budget =
                state.service(id).map(Service::disruptionBudget).orElse(DisruptionBudget.OF_PREEMPTION);
        int atOnce = 0;
        int inHour = 0;
        for (Task task : state.tasksOf(id).filter(Victims::isDisrupted).toList()) {
            if (!task.isStopped()) atOnce++;
            Instant over = task.stoppingAt() == null ? null : task.stoppingAt().plus(HOUR);
            if (over == null || !now.isBefore(over)) continue;
            inHour++;
            if (inHour >= budget.movesPerHour()) spare(over);
        }
        return Math.min(budget.movesAtOnce() - atOnce, budget.movesPerHour() - inHour);
    }

    /** Stopped for a higher priority, or moved. */
    private static boolean isDisrupted(Task task) {
        return task.isPreempted() || task.relocation() != null;
    }

    private void spare(@Nullable Instant until) {
        spared = true;
        if (until != null && (moreAt == null || until.isBefore(moreAt))) moreAt = until;
    }
}
