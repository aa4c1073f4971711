package io.staithe.core.deployment;

import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Two revisions side by side, each at its own size and each counted for itself: the new one comes up while the one that has
 * the traffic stays whole, until its turn to go has come. Then it goes as far as the healthy tasks of both are more than the
 * minimum: a new task that has fallen ill meanwhile is no reason to have fewer.
 */
final class StagedRollout implements Rollout {
    private final DeploymentId source;
    private final ReplicaRollout green;
    private final ReplicaRollout blue;
    /** Of both together. */
    private final int minimumHealthy;

    private final List<Task> active;

    /**
     * @param own what the new deployment is to have
     * @param old what the source is to have
     * @param tasks all stored tasks of the service
     */
    StagedRollout(ClusterState state, Service service, Goal own, Goal old, List<Task> tasks, Instant now) {
        source = old.own();
        minimumHealthy = service.deploymentConfiguration().minimumHealthy(service.desiredCount());
        active = tasks.stream().filter(Task::isActive).toList();
        green = new ReplicaRollout(
                state, service, own, tasks.stream().filter(task -> !isOld(task)).toList(), now);
        blue = new ReplicaRollout(
                state, service, old, tasks.stream().filter(this::isOld).toList(), now);
    }

    private boolean isOld(Task task) {
        return source.equals(task.deployment());
    }

    @Override
    public int desired(DeploymentId deployment) {
        return deployment.equals(source) ? blue.desired(deployment) : green.desired(deployment);
    }

    @Override
    public List<Task> staying() {
        return both(green.staying(), blue.staying());
    }

    @Override
    public List<Task> leaving() {
        return both(green.leaving(), blue.leaving());
    }

    @Override
    public List<Start> toStart() {
        return both(blue.toStart(), green.toStart());
    }

    @Override
    public List<Task> toStop() {
        long spare = active.stream().filter(Verdicts::isHealthy).count() - minimumHealthy;
        List<Task> stop = new ArrayList<>();
        for (Task task : both(green.toStop(), blue.toStop())) {
            if (Verdicts.isHealthy(task) && spare-- <= 0) continue;
            stop.add(task);
        }
        return stop;
    }

    @Override
    public String whyStop(Task task) {
        return (isOld(task) ? blue : green).whyStop(task);
    }

    @Override
    public boolean isScaledUp() {
        return green.isScaledUp();
    }

    @Override
    public boolean isSteady() {
        return false;
    }

    @Override
    public Optional<Obstacle> obstacle() {
        return green.obstacle().or(blue::obstacle);
    }

    @Override
    public List<HeldPlace> held() {
        return both(green.held(), blue.held());
    }

    @Override
    public @Nullable Instant wakeAt() {
        return Stream.of(Optional.ofNullable(green.wakeAt()), Optional.ofNullable(blue.wakeAt()))
                .flatMap(Optional::stream)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private static <T> List<T> both(List<T> one, List<T> other) {
        return Stream.concat(one.stream(), other.stream()).toList();
    }
}
