package io.staithe.capacity.planner;

import io.staithe.core.control.Reconciler;
import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Entity;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * Buys hosts for the tasks of a cluster that find no place, and gives back those that are not needed or not worth their price.
 * Which tasks find no place it asks of the scheduler, with the hosts that are on their way: nothing is bought twice for one task.
 */
public final class CapacityReconciler implements Reconciler {
    private final Looks looks = new Looks();

    @Override
    public String name() {
        return "capacity";
    }

    /** Tasks that wait or end, deployments that come to rest, hosts that come or go, and what says which hosts there may be. */
    @Override
    public Stream<Key> concerned(Entity entity, ClusterState state) {
        if (entity instanceof Task task && (task.instance() == null || task.isStopped()))
            return Stream.of(Key.cluster(task.cluster()));
        if (entity instanceof ProvisionedHost host) return Stream.of(Key.cluster(host.cluster()));
        if (entity instanceof ContainerInstance host) return Stream.of(Key.cluster(host.cluster()));
        if (entity instanceof Deployment deployment)
            return Stream.of(Key.cluster(deployment.service().cluster()));
        if (entity instanceof Cluster cluster) return Stream.of(cluster.key());
        if (entity instanceof HostGroup || entity instanceof CapacityProvider)
            return state.all(Kind.CLUSTER, Cluster.class).map(Cluster::key);
        return Stream.empty();
    }

    @Override
    public Plan reconcile(ClusterState state, Key key, Instant now) {
        if (key.kind() != Kind.CLUSTER) return Plan.NOTHING;
        return new Pool(state, key.id(), looks, now).plan();
    }
}
