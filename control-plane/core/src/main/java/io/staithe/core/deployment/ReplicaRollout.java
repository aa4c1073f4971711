package io.staithe.core.deployment;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * As many tasks as the user wants, on whichever hosts the scheduler chooses. Counts as ECS does: pending and running tasks
 * against the maximum, healthy ones against the minimum.
 */
final class ReplicaRollout implements Rollout {
    private final ClusterState state;
    private final Service service;
    private final int desired;
    private final int minimumHealthy;
    private final int maximum;
    private final Verdicts verdicts;
    /** What task protection keeps from ending now; nothing does when the service is being deleted. */
    private final Set<Task> shielded;
    /** Of the primary deployment, healthy or still on their way, on a host that keeps its tasks, and not to be moved. */
    private final List<Task> staying = new ArrayList<>();
    /** Of an older deployment, on a draining host, to be moved, or failing. */
    private final List<Task> leaving = new ArrayList<>();

    private final List<Start> starts = new ArrayList<>();
    private @Nullable Instant wakeAt;

    /** @param tasks all stored tasks of the service */
    ReplicaRollout(ClusterState state, Service service, List<Task> tasks, Instant now) {
        this.state = state;
        this.service = service;
        desired = service.status() == Service.Status.ACTIVE ? service.desiredCount() : 0;
        minimumHealthy = service.deploymentConfiguration().minimumHealthy(desired);
        maximum = Math.max(desired, service.deploymentConfiguration().maximum(desired));
        List<Task> active = tasks.stream().filter(Task::isActive).toList();
        verdicts = new Verdicts(state, active, now);
        wakeAt = verdicts.wakeAt();
        for (Task task : active) {
            boolean stays = service.deployment().equals(task.deployment())
                    && hostKeepsTasks(state, task)
                    && task.relocation() == null
                    && !verdicts.isFailing(task);
            (stays ? staying : leaving).add(task);
        }
        shielded = service.status() == Service.Status.ACTIVE
                ? active.stream().filter(task -> task.isProtectedAt(now)).collect(Collectors.toSet())
                : Set.of();
        if (isHeldByProtection()) shielded.forEach(task -> wakeBy(task.protectedUntil()));
        start(tasks, now);
    }

    private void start(List<Task> tasks, Instant now) {
        Slots slots = new Slots(
                tasks.stream()
                        .filter(task -> service.deployment().equals(task.deployment()))
                        .toList(),
                staying);
        for (int slot : slots.free(mayStart())) {
            Instant notBefore = slots.notBefore(slot).filter(now::isBefore).orElse(null);
            if (notBefore == null) starts.add(new Start(slot, null));
            else wakeBy(notBefore);
        }
    }

    private void wakeBy(@Nullable Instant time) {
        if (time != null && (wakeAt == null || time.isBefore(wakeAt))) wakeAt = time;
    }

    @Override
    public int desired() {
        return desired;
    }

    @Override
    public List<Task> staying() {
        return staying;
    }

    @Override
    public List<Task> leaving() {
        return leaving;
    }

    @Override
    public List<Start> toStart() {
        return starts;
    }

    /** How many tasks may be started now, as far as counts go. */
    private int mayStart() {
        int missing = desired - staying.size();
        int room = maximum - staying.size() - leaving.size();
        return Math.max(0, Math.min(missing, room));
    }

    @Override
    public List<Task> toStop() {
        List<Task> stop = new ArrayList<>();
        int healthy = (int) all().filter(Verdicts::isHealthy).count();
        boolean noRoom = staying.size() < desired && mayStart() == 0;
        for (Task task : leaving.stream()
                .filter(task -> !shielded.contains(task) || verdicts.isFailing(task))
                .sorted(Verdicts.LEAST_USEFUL_FIRST.thenComparing(Task::createdAt))
                .toList()) {
            // Moving a task makes something better; it must not make the service smaller, whatever the minimum.
            int kept = task.relocation() == null || verdicts.isFailing(task) ? minimumHealthy : desired;
            if (task.lastStatus().isBefore(LastStatus.RUNNING)) stop.add(task);
            else if (!Verdicts.isHealthy(task)) {
                // Replaced before it is stopped, unless it fails and there is no room for the replacement. One that is
                // merely undecided may be serving: a proxy that restarts knows nothing for a moment.
                if (healthy >= kept || (noRoom && verdicts.isFailing(task))) stop.add(task);
            } else if (healthy > kept) {
                stop.add(task);
                healthy--;
            }
        }
        stop.addAll(ScaleIn.choose(
                state, service.revision().placementStrategy(), staying, shielded, staying.size() - desired));
        return stop;
    }

    /** Whether something would be stopped if it were not protected. A failing task is replaced in spite of protection. */
    private boolean isHeldByProtection() {
        long free = staying.stream().filter(task -> !shielded.contains(task)).count();
        return staying.size() - desired > free
                || leaving.stream().anyMatch(task -> shielded.contains(task) && !verdicts.isFailing(task));
    }

    @Override
    public String whyStop(Task task) {
        if (service.status() != Service.Status.ACTIVE) return "Service " + service.name() + " is being deleted";
        if (staying.contains(task) || !service.deployment().equals(task.deployment()))
            return "Scaling activity initiated by (deployment ecs-svc/" + service.deployment() + ")";
        if (verdicts.isFailing(task)) return verdicts.of(task).cause();
        return task.relocation() == null
                ? "The host of this task is draining"
                : "The task has been moved: " + task.relocation().reason();
    }

    @Override
    public boolean isSteady() {
        return leaving.isEmpty()
                && staying.size() == desired
                && staying.stream().allMatch(verdicts::isSettled);
    }

    /** Something is to be done, and protected tasks or the deployment configuration allow no step. */
    @Override
    public Optional<Obstacle> obstacle() {
        if (isHeldByProtection()) return Optional.of(Obstacle.isProtected(service, shielded));
        boolean stuck = !leaving.isEmpty()
                && staying.size() < desired
                && mayStart() == 0
                && toStop().isEmpty()
                && all().allMatch(verdicts::isSettled);
        return stuck ? Optional.of(Obstacle.blocked(service)) : Optional.empty();
    }

    @Override
    public @Nullable Instant wakeAt() {
        return wakeAt;
    }

    private Stream<Task> all() {
        return Stream.concat(staying.stream(), leaving.stream());
    }

    private static boolean hostKeepsTasks(ClusterState state, Task task) {
        return task.instance() == null
                || state.instance(task.instance())
                        .filter(host -> host.status() != ContainerInstance.Status.DRAINING)
                        .isPresent();
    }
}
