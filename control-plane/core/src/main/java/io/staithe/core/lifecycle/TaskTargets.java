package io.staithe.core.lifecycle;

import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Key;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where a task stands with the load balancer. */
final class TaskTargets {
    private final ClusterState state;
    private final Task task;
    private final List<TargetHealth> said;

    TaskTargets(ClusterState state, Task task) {
        this.state = state;
        this.task = task;
        this.said = state.targetHealthOf(task.id()).toList();
    }

    /** Every edge host that is there knows each target. Without an edge host no target can be added. */
    boolean added(Instant now) {
        if (task.loadBalancers().isEmpty()) return true;
        Set<InstanceId> edges = TaskHealth.edges(state, now);
        return !edges.isEmpty()
                && edges.stream().allMatch(edge -> task.loadBalancers().stream().allMatch(mapping -> said.stream()
                        .anyMatch(health -> health.edge().equals(edge) && TaskHealth.isAbout(health, mapping))));
    }

    /** No edge host sends it requests any more, or they have had the time that their target groups give them. */
    boolean gone(Instant now) {
        Instant deadline = drainedBy();
        return deadline == null || !now.isBefore(deadline) || !isWaitedFor(now);
    }

    /** When draining ends at the latest; absent: it never had a target. */
    @Nullable
    Instant drainedBy() {
        if (task.loadBalancers().isEmpty() || task.startedAt() == null || task.stoppingAt() == null) return null;
        int seconds = task.loadBalancers().stream()
                .map(mapping -> state.get(Key.targetGroup(mapping.targetGroup()), TargetGroup.class))
                .mapToInt(group -> group.map(TargetGroup::deregistrationDelay).orElse(0))
                .max()
                .orElse(0);
        return task.stoppingAt().plus(Duration.ofSeconds(seconds));
    }

    /** When time alone makes one edge host less to wait for; absent: it will not. */
    @Nullable
    Instant edgeLostAt(Instant now) {
        if (task.loadBalancers().isEmpty()) return null;
        return state.edgeHosts()
                .flatMap(host -> HostLoss.drainingLostAt(state, host).stream())
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** An edge host whose word counts finds a target failing. */
    boolean failing(Instant now) {
        Set<InstanceId> edges = TaskHealth.edges(state, now);
        return said.stream()
                .anyMatch(health -> health.state() == TargetHealth.State.UNHEALTHY && edges.contains(health.edge()));
    }

    /** Whether some edge host may still send requests: each has to say itself that it does not, and who is back as well. */
    private boolean isWaitedFor(Instant now) {
        return Stream.concat(TaskHealth.edges(state, now).stream(), EdgeReturn.waiting(state))
                .anyMatch(this::maySend);
    }

    /** Whether this edge host has not said of every target that it is unused. */
    boolean maySend(InstanceId edge) {
        return !task.loadBalancers().stream().allMatch(mapping -> isUnused(edge, mapping));
    }

    private boolean isUnused(InstanceId edge, LoadBalancerMapping mapping) {
        return said.stream()
                .anyMatch(health -> health.edge().equals(edge)
                        && TaskHealth.isAbout(health, mapping)
                        && health.state() == TargetHealth.State.UNUSED);
    }
}
