package io.staithe.core.retention;

import io.staithe.core.control.Reconciler;
import io.staithe.core.deployment.FailedTasks;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Job;
import io.staithe.core.model.Key;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskReport;
import io.staithe.core.model.UsageRecord;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Deletes what has ended and was kept long enough to be read: ECS shows stopped tasks for an hour. Bounded besides: a
 * service that crash-loops does not fill the store.
 */
public final class RetentionReconciler implements Reconciler {
    public static final Duration STOPPED_TASKS = Duration.ofHours(1);
    public static final Duration DELETED_SERVICES = Duration.ofHours(1);
    public static final Duration LOST_HOSTS = Duration.ofHours(24);
    /** Usage that is known only as a sum; the single records are in the history database, for as long by default. */
    public static final Duration USAGE_SUMS = Duration.ofDays(400);
    /** Of one service; the oldest go first. */
    public static final int MAX_STOPPED_TASKS = 500;
    /** Replaced deployments of one service. */
    public static final int MAX_OLD_DEPLOYMENTS = 10;

    private static final int MAX_DELETES_PER_PLAN = 60;

    @Override
    public String name() {
        return "retention";
    }

    @Override
    public Stream<Key> concerned(Entity entity, ClusterState state) {
        if (entity instanceof Task task) return ofTask(task, state);
        if (entity instanceof ContainerInstance host) return ofHost(host, state);
        if (entity instanceof TaskReport || entity instanceof TargetHealth) return Stream.of(entity.key());
        if (entity instanceof Job job) return Stream.of(job.key());
        if (entity instanceof UsageRecord usage && usage.isSum()) return Stream.of(usage.key());
        if (entity instanceof Service service) return Stream.of(service.key());
        if (entity instanceof Deployment deployment) return Stream.of(Key.service(deployment.service()));
        return Stream.empty();
    }

    private static Stream<Key> ofHost(ContainerInstance host, ClusterState state) {
        if (state.instance(host.id()).isPresent()) return Stream.of(host.key());
        return state.targetHealthFrom(host.id()).map(TargetHealth::key);
    }

    private static Stream<Key> ofTask(Task task, ClusterState state) {
        if (!task.isStopped() && state.task(task.id()).isPresent()) return Stream.of(task.key());
        Stream<Key> service = Optional.ofNullable(task.service()).stream().map(Key::service);
        Stream<Key> said = state.targetHealthOf(task.id()).map(TargetHealth::key);
        Stream<Key> host = Optional.ofNullable(task.instance()).stream().map(Key::instance);
        return Stream.of(Stream.of(task.key(), Key.taskReport(task.id())), service, host, said)
                .flatMap(keys -> keys);
    }

    @Override
    public Plan reconcile(ClusterState state, Key key, Instant now) {
        return switch (key.kind()) {
            case JOB -> job(state, key, now);
            case TASK -> task(state, key, now);
            case TASK_REPORT, TARGET_HEALTH -> orphan(state, key);
            case SERVICE -> service(state, key, now);
            case INSTANCE -> instance(state, key, now);
            case USAGE -> usageSum(state, key, now);
            default -> Plan.NOTHING;
        };
    }

    private static Plan task(ClusterState state, Key key, Instant now) {
        Task task = state.get(key, Task.class).orElse(null);
        if (task == null || !task.isStopped() || task.stoppedAt() == null) return Plan.NOTHING;
        Instant until = task.stoppedAt().plus(STOPPED_TASKS);
        if (now.isBefore(until)) return Plan.wakeAt(until);
        return delete(state, List.of(task)).build();
    }

    private static Plan job(ClusterState state, Key key, Instant now) {
        Job job = state.get(key, Job.class).orElse(null);
        if (job == null || job.finishedAt() == null) return Plan.NOTHING;
        Instant until = job.finishedAt().plus(STOPPED_TASKS);
        return now.isBefore(until)
                ? Plan.wakeAt(until)
                : new Plan.Builder().delete(state, key).build();
    }

    /** Reports about a task that is forgotten, and target health that says nothing any more. */
    private static Plan orphan(ClusterState state, Key key) {
        boolean orphaned = state.get(key)
                .filter(entity -> entity instanceof TaskReport report
                        ? state.task(report.task()).isEmpty()
                        : entity instanceof TargetHealth health && isOver(state, health))
                .isPresent();
        return orphaned ? new Plan.Builder().delete(state, key).build() : Plan.NOTHING;
    }

    /** Its edge host or its task is forgotten; or the task has stopped, and the edge host has let its target go. */
    private static boolean isOver(ClusterState state, TargetHealth health) {
        if (state.instance(health.edge()).isEmpty()) return true;
        return state.task(health.task())
                .map(task -> task.isStopped() && health.state() == TargetHealth.State.UNUSED)
                .orElse(true);
    }

    private static Plan service(ClusterState state, Key key, Instant now) {
        ServiceId id = ServiceId.of(key.id());
        Plan.Builder plan = delete(
                state,
                tooMany(
                        state.tasksOf(id)
                                .filter(Task::isStopped)
                                .sorted(Comparator.comparing(Task::createdAt))
                                .toList(),
                        MAX_STOPPED_TASKS));
        Service service = state.service(id).orElse(null);
        List<Deployment> old = state.deploymentsOf(id)
                .filter(d -> d.status() == Deployment.Status.INACTIVE)
                .sorted(Comparator.comparing(Deployment::createdAt))
                .toList();
        Deployment lastCompleted = old.stream()
                .filter(d -> d.rolloutState() == Deployment.RolloutState.COMPLETED)
                .reduce((first, second) -> second)
                .orElse(null);
        for (Deployment deployment : tooMany(old, MAX_OLD_DEPLOYMENTS))
            if (!deployment.equals(lastCompleted)) plan.delete(state, deployment.key());
        if (service == null || service.status() != Service.Status.INACTIVE) return plan.build();
        Instant until = lastUpdate(state, service).plus(DELETED_SERVICES);
        if (now.isBefore(until)) return plan.wakeAt(until).build();
        if (!plan.isEmpty()) return plan.build();
        state.deploymentsOf(id).limit(MAX_DELETES_PER_PLAN).forEach(d -> plan.delete(state, d.key()));
        return plan.delete(state, key).build();
    }

    private static Instant lastUpdate(ClusterState state, Service service) {
        return state.deploymentsOf(service.id())
                .map(Deployment::updatedAt)
                .max(Comparator.naturalOrder())
                .orElse(service.deployedAt());
    }

    private static Plan instance(ClusterState state, Key key, Instant now) {
        ContainerInstance host = state.get(key, ContainerInstance.class).orElse(null);
        if (host == null || host.disconnectedSince() == null) return Plan.NOTHING;
        boolean gone = host.status() == ContainerInstance.Status.INACTIVE;
        Instant until = host.disconnectedSince().plus(gone ? STOPPED_TASKS : LOST_HOSTS);
        if (now.isBefore(until)) return Plan.wakeAt(until);
        if (state.tasksOn(host.id()).anyMatch(task -> !task.isStopped())) return Plan.NOTHING;
        return new Plan.Builder().delete(state, key).build();
    }

    private static Plan usageSum(ClusterState state, Key key, Instant now) {
        UsageRecord sum = state.get(key, UsageRecord.class).orElse(null);
        if (sum == null) return Plan.NOTHING;
        Instant until = sum.to().plus(USAGE_SUMS);
        return now.isBefore(until)
                ? Plan.wakeAt(until)
                : new Plan.Builder().delete(state, key).build();
    }

    private static <T> List<T> tooMany(List<T> oldestFirst, int max) {
        int excess = Math.max(0, oldestFirst.size() - max);
        return oldestFirst.subList(0, Math.min(excess, MAX_DELETES_PER_PLAN / 2));
    }

    private static Plan.Builder delete(ClusterState state, List<Task> tasks) {
        Plan.Builder plan = new Plan.Builder();
        for (Task task : tasks) {
            plan.delete(state, task.key());
            if (state.revisionOf(Key.taskReport(task.id())) != Change.ABSENT)
                plan.delete(state, Key.taskReport(task.id()));
        }
        tasks.stream().map(Task::deployment).filter(Objects::nonNull).distinct().forEach(id -> state.deployment(id)
                .ifPresent(deployment -> keepCount(state, deployment, tasks, plan)));
        return plan;
    }

    /** What counts against a deployment counts on when it is deleted. One that is over is not changed any more. */
    private static void keepCount(ClusterState state, Deployment deployment, List<Task> gone, Plan.Builder plan) {
        if (deployment.status() == Deployment.Status.INACTIVE) return;
        List<Task> own = gone.stream()
                .filter(task -> deployment.id().equals(task.deployment()))
                .toList();
        Deployment after = state.service(deployment.service())
                .map(service -> FailedTasks.forget(deployment, service, own))
                .orElse(deployment);
        if (!after.equals(deployment)) plan.update(state, after);
    }
}
