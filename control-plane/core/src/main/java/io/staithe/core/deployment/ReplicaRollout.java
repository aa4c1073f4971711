package io.staithe.core.deployment;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentId;
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
 * As many tasks as a {@link Goal} says, on whichever hosts the scheduler chooses. Counts as ECS does: pending and running tasks
 * against the maximum, healthy ones against the minimum.
 */
final class ReplicaRollout implements Rollout {
    private final ClusterState state;
    private final Service service;
    private final Goal goal;
    private final int minimumHealthy;
    private final int maximum;
    private final Verdicts verdicts;
    /** What task protection keeps from ending now; nothing does when the service is being deleted. */
    private final Set<Task> shielded;
    /** Of the goal's own deployment, healthy or still on their way, on a host that keeps its tasks, and not to be moved. */
    private final List<Task> staying = new ArrayList<>();
    /** Of the deployment that keeps some, as many as it keeps. */
    private final List<Task> kept = new ArrayList<>();
    /** Of another deployment, on a draining host, to be moved, or failing. */
    private final List<Task> leaving = new ArrayList<>();

    private final List<Start> starts = new ArrayList<>();
    /** Of places whose tasks keep failing. */
    private final List<HeldPlace> held = new ArrayList<>();

    private @Nullable Instant wakeAt;

    /** @param tasks all stored tasks of the service */
    ReplicaRollout(ClusterState state, Service service, List<Task> tasks, Instant now) {
        this(state, service, Goal.of(service), tasks, now);
    }

    /** @param tasks all that belong to the goal, or are in its way */
    ReplicaRollout(ClusterState state, Service service, Goal goal, List<Task> tasks, Instant now) {
        this.state = state;
        this.service = service;
        this.goal = goal;
        minimumHealthy = service.deploymentConfiguration().minimumHealthy(goal.total());
        maximum = Math.max(goal.total(), service.deploymentConfiguration().maximum(goal.total()));
        List<Task> active = tasks.stream().filter(Task::isActive).toList();
        verdicts = new Verdicts(state, active, now);
        wakeAt = verdicts.wakeAt();
        for (Task task : active) {
            boolean stays = hostKeepsTasks(state, task) && task.relocation() == null && !verdicts.isFailing(task);
            if (stays && goal.own().equals(task.deployment())) staying.add(task);
            else if (stays && goal.kept() != null && goal.kept().equals(task.deployment())) kept.add(task);
            else leaving.add(task);
        }
        leaving.addAll(surplus());
        shielded = service.status() == Service.Status.ACTIVE
                ? active.stream().filter(task -> task.isProtectedAt(now)).collect(Collectors.toSet())
                : Set.of();
        if (isHeldByProtection()) shielded.forEach(task -> wakeBy(task.protectedUntil()));
        int room = mayStart();
        int own = Math.min(room, Math.max(0, goal.desired() - staying.size()));
        start(goal.own(), staying, own, tasks, now);
        if (goal.kept() != null) start(goal.kept(), kept, room - own, tasks, now);
    }

    /** Takes what the older deployment has beyond what it keeps out of {@link #kept}; what serves least goes first. */
    private List<Task> surplus() {
        int many = Math.max(0, kept.size() - goal.keptDesired());
        List<Task> first = kept.stream()
                .sorted(Verdicts.LEAST_USEFUL_FIRST.thenComparing(Task::createdAt))
                .limit(many)
                .toList();
        kept.removeAll(first);
        return first;
    }

    private void start(DeploymentId deployment, List<Task> there, int count, List<Task> tasks, Instant now) {
        Slots slots = new Slots(
                tasks.stream()
                        .filter(task -> deployment.equals(task.deployment()))
                        .toList(),
                there,
                state.deployment(deployment).map(Deployment::countsFrom).orElse(Instant.MIN));
        for (int slot : slots.free(count)) {
            BackOff.Pause pause = slots.pause(slot)
                    .filter(waits -> now.isBefore(waits.until()))
                    .orElse(null);
            if (pause == null) starts.add(new Start(deployment, slot, null));
            else held.add(HeldPlace.slot(slot, pause));
        }
        held.forEach(place -> wakeBy(place.until()));
    }

    private void wakeBy(@Nullable Instant time) {
        if (time != null && (wakeAt == null || time.isBefore(wakeAt))) wakeAt = time;
    }

    @Override
    public int desired(DeploymentId deployment) {
        if (deployment.equals(goal.own())) return goal.desired();
        return deployment.equals(goal.kept()) ? goal.keptDesired() : 0;
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
        int room = maximum - staying.size() - kept.size() - leaving.size();
        return Math.max(0, Math.min(missing(), room));
    }

    private int missing() {
        return Math.max(0, goal.desired() - staying.size()) + Math.max(0, goal.keptDesired() - kept.size());
    }

    @Override
    public List<Task> toStop() {
        List<Task> stop = new ArrayList<>();
        int healthy = (int) all().filter(Verdicts::isHealthy).count();
        boolean noRoom = missing() > 0 && mayStart() == 0;
        for (Task task : leaving.stream()
                .filter(task -> !shielded.contains(task) || verdicts.isFailing(task))
                .sorted(Verdicts.LEAST_USEFUL_FIRST.thenComparing(Task::createdAt))
                .toList()) {
            // Moving a task makes something better; it must not make the service smaller, whatever the minimum.
            int kept = task.relocation() == null || verdicts.isFailing(task) ? minimumHealthy : goal.total();
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
        stop.addAll(ScaleIn.choose(state, service.revision(), staying, shielded, staying.size() - goal.desired()));
        return stop;
    }

    /** Whether something would be stopped if it were not protected. A failing task is replaced in spite of protection. */
    private boolean isHeldByProtection() {
        long free = staying.stream().filter(task -> !shielded.contains(task)).count();
        return staying.size() - goal.desired() > free
                || leaving.stream().anyMatch(task -> shielded.contains(task) && !verdicts.isFailing(task));
    }

    @Override
    public String whyStop(Task task) {
        if (service.status() != Service.Status.ACTIVE) return "Service " + service.name() + " is being deleted";
        if (staying.contains(task) || !goal.deployments().contains(task.deployment())) return scaling();
        if (verdicts.isFailing(task)) return verdicts.of(task).cause();
        if (task.relocation() != null)
            return "The task has been moved: " + task.relocation().reason();
        return hostKeepsTasks(state, task) ? scaling() : "The host of this task is draining";
    }

    private String scaling() {
        return "Scaling activity initiated by (deployment ecs-svc/" + service.deployment() + ")";
    }

    @Override
    public boolean isScaledUp() {
        return staying.size() == goal.desired() && staying.stream().allMatch(Verdicts::isHealthy);
    }

    @Override
    public boolean isSteady() {
        return leaving.isEmpty()
                && goal.kept() == null
                && staying.size() == goal.desired()
                && staying.stream().allMatch(verdicts::isSettled);
    }

    /** Something is to be done, and protected tasks or the deployment configuration allow no step. */
    @Override
    public Optional<Obstacle> obstacle() {
        if (isHeldByProtection()) return Optional.of(Obstacle.isProtected(service, shielded));
        boolean stuck = !leaving.isEmpty()
                && missing() > 0
                && mayStart() == 0
                && toStop().isEmpty()
                && all().allMatch(verdicts::isSettled);
        if (stuck) return Optional.of(Obstacle.blocked(service));
        return held.isEmpty() ? Optional.empty() : Optional.of(Obstacle.failing(service, held));
    }

    @Override
    public List<HeldPlace> held() {
        return held;
    }

    @Override
    public @Nullable Instant wakeAt() {
        return wakeAt;
    }

    private Stream<Task> all() {
        return Stream.of(staying, kept, leaving).flatMap(List::stream);
    }

    private static boolean hostKeepsTasks(ClusterState state, Task task) {
        return task.instance() == null
                || state.instance(task.instance())
                        .filter(host -> host.status() != ContainerInstance.Status.DRAINING)
                        .isPresent();
    }
}
