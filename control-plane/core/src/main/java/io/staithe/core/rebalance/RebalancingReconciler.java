package io.staithe.core.rebalance;

import io.staithe.core.control.Reconciler;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.model.RebalancingStatus;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.scheduler.Fleets;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** The mover of a cluster: begins the best moves that are allowed, and calls off those that fail. */
public final class RebalancingReconciler implements Reconciler {
    private final Fleets fleets = new Fleets();

    @Override
    public String name() {
        return "rebalancing";
    }

    /** Not each step of each task: a service that comes to rest says so by its deployment. */
    @Override
    public Stream<Key> concerned(Entity entity, ClusterState state) {
        return cluster(entity, state).map(Key::cluster).stream();
    }

    private static Optional<String> cluster(Entity entity, ClusterState state) {
        if (entity instanceof Cluster cluster) return Optional.of(cluster.name());
        if (entity instanceof ContainerInstance host) return Optional.of(host.cluster());
        if (entity instanceof AgentSession session)
            return state.instance(session.instance()).map(ContainerInstance::cluster);
        if (entity instanceof Service service) return Optional.of(service.cluster());
        if (entity instanceof Deployment deployment)
            return Optional.of(deployment.service().cluster());
        if (entity instanceof Task task && matters(task)) return Optional.of(task.cluster());
        return Optional.empty();
    }

    private static boolean matters(Task task) {
        return task.instance() == null
                || task.isStopped()
                || task.relocation() != null
                || task.protectedUntil() != null;
    }

    @Override
    public Plan reconcile(ClusterState state, Key key, Instant now) {
        Cluster cluster = state.get(key, Cluster.class)
                .filter(there -> there.status() == Cluster.Status.ACTIVE)
                .orElse(null);
        if (cluster == null) return forget(state, Key.rebalancing(key.id()));
        return new Look(state, cluster, fleets, now).plan();
    }

    private static Plan forget(ClusterState state, Key status) {
        return state.get(status, RebalancingStatus.class).isEmpty()
                ? Plan.NOTHING
                : new Plan.Builder().delete(state, status).build();
    }
}
