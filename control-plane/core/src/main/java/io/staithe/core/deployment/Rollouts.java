package io.staithe.core.deployment;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.DeploymentStrategy;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.LifecycleStage;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a service's tasks are to become, by where its primary deployment stands. */
final class Rollouts {
    private final ClusterState state;
    private final Service service;
    private final Deployment primary;
    private final Drafts drafts;
    private final List<Task> tasks;
    private final Instant now;

    private Rollouts(
            ClusterState state, Service service, Deployment primary, Drafts drafts, List<Task> tasks, Instant now) {
        this.state = state;
        this.service = service;
        this.primary = primary;
        this.drafts = drafts;
        this.tasks = tasks;
        this.now = now;
    }

    /** @param tasks all stored tasks of the service */
    static Rollout of(
            ClusterState state, Service service, Deployment primary, Drafts drafts, List<Task> tasks, Instant now) {
        return new Rollouts(state, service, primary, drafts, tasks, now).rollout();
    }

    private Rollout rollout() {
        if (service.isDaemon()) return new DaemonRollout(state, service, tasks, isHalted() || isBeforeStart(), now);
        if (service.status() != Service.Status.ACTIVE) return new ReplicaRollout(state, service, tasks, now);
        Optional<Deployment> source = source();
        if (source.isPresent()) return staged(source.get());
        return new ReplicaRollout(
                state, service, isHalted() || isBeforeStart() ? halted() : Goal.of(service), tasks, now);
    }

    private boolean isHalted() {
        return primary.paused() || primary.rolloutState() == RolloutState.FAILED;
    }

    /** None of its tasks is to start yet. */
    private boolean isBeforeStart() {
        LifecycleStage stage = primary.lifecycleStage();
        return stage != null && stage.compareTo(LifecycleStage.SCALE_UP) < 0;
    }

    /** Whose traffic or tasks the primary deployment takes over at the moment. */
    private Optional<Deployment> source() {
        if (primary.lifecycleStage() == null || primary.source() == null) return Optional.empty();
        return drafts.get(primary.source());
    }

    private Rollout staged(Deployment source) {
        boolean cleansUp = primary.lifecycleStage() == LifecycleStage.CLEAN_UP;
        if (isByCount(source)) return byCount(cleansUp);
        int own = isBeforeStart() ? 0 : isHalted() ? working(primary.id()) : service.desiredCount();
        int old = service.desiredCount();
        // What failed is not made whole again while it gives the traffic back.
        if (source.rollback() != null) old = Math.min(old, working(source.id()));
        return new StagedRollout(
                state, service, Goal.only(primary.id(), own), Goal.only(source.id(), cleansUp ? 0 : old), tasks, now);
    }

    /** Both revisions are behind the same target groups, or behind none: the number of tasks is the part of the traffic. */
    private boolean isByCount(Deployment source) {
        return source.alternate() == primary.alternate()
                && service.deploymentConfiguration().strategyOrDefault() != DeploymentStrategy.BLUE_GREEN;
    }

    private Rollout byCount(boolean cleansUp) {
        Goal goal = cleansUp
                ? Goal.of(service)
                : isHalted() ? halted() : Goal.part(primary, service.desiredCount(), primary.weight());
        return new ReplicaRollout(state, service, goal, tasks, now);
    }

    /**
     * What works stays as it is; what is missing comes from the revision that was there before. Where there was none, nothing
     * would take the place of what runs and is in doubt for a moment, as after a proxy's restart.
     */
    private Goal halted() {
        DeploymentId old = previous().orElse(null);
        if (old == null) return Goal.only(primary.id(), Math.min(service.desiredCount(), unfailing(primary.id())));
        int own = Math.min(service.desiredCount(), working(primary.id()));
        return new Goal(primary.id(), own, old, service.desiredCount() - own);
    }

    private Optional<DeploymentId> previous() {
        if (primary.source() != null) return Optional.of(primary.source());
        return drafts.others(primary.id())
                .filter(older -> tasks.stream()
                        .anyMatch(task -> task.isActive() && older.id().equals(task.deployment())))
                .max(Comparator.comparing(Deployment::createdAt).thenComparing(Deployment::id))
                .map(Deployment::id);
    }

    /** Of a failed deployment those that are healthy, of a paused one all that do not fail. */
    private int working(DeploymentId deployment) {
        if (primary.paused()) return unfailing(deployment);
        return (int) active(deployment).stream().filter(Verdicts::isHealthy).count();
    }

    /** Of a failed deployment those that run and do not fail, of a paused one all that do not fail. */
    private int unfailing(DeploymentId deployment) {
        return (int) unfailing(active(deployment))
                .filter(task -> primary.paused() || task.lastStatus() == LastStatus.RUNNING)
                .count();
    }

    private Stream<Task> unfailing(List<Task> active) {
        Verdicts verdicts = new Verdicts(state, active, now);
        return active.stream().filter(task -> !verdicts.isFailing(task));
    }

    private List<Task> active(DeploymentId deployment) {
        return tasks.stream()
                .filter(task -> task.isActive() && deployment.equals(task.deployment()))
                .toList();
    }
}
