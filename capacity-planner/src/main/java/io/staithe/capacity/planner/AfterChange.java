package io.staithe.capacity.planner;

import io.staithe.core.capacity.ExpectedHost;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Entity;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Key;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Task;
import io.staithe.core.rebalance.MoveBudget;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** A cluster as it is once some hosts have gone and others have come, as the scheduler would have it then. */
final class AfterChange {
    private final ClusterState then;
    private final String cluster;
    private final Instant now;

    /**
     * @param starting hosts to come, ready and without tasks; in the store or not
     * @param moved the tasks of the hosts that go
     */
    AfterChange(
            ClusterState state,
            String cluster,
            Set<InstanceId> going,
            Collection<ProvisionedHost> starting,
            List<Task> moved,
            MoveBudget budget,
            Instant now) {
        this.cluster = cluster;
        this.now = now;
        Plan.Builder plan = new Plan.Builder();
        for (ProvisionedHost host : starting) {
            put(
                    plan,
                    host.but()
                            .status(ProvisionedHost.Status.READY)
                            .emptySince(now)
                            .build());
            if (state.instance(host.id()).isEmpty()) {
                ContainerInstance instance = ExpectedHost.of(host);
                put(plan, instance);
                put(plan, ExpectedHost.session(instance));
            }
        }
        for (Task task : moved) {
            put(plan, task.but().stoppedAt(now).build());
            put(plan, budget.replacement(task));
        }
        for (InstanceId id : going) {
            plan.add(Change.delete(Key.provisionedHost(id), Change.ANY));
            plan.add(Change.delete(Key.instance(id), Change.ANY));
        }
        then = state.apply(plan.build(), state.revision() + 1);
    }

    private static void put(Plan.Builder plan, Entity entity) {
        plan.add(Change.put(entity, Change.ANY));
    }

    /** Whether all tasks have a place, and no capacity provider would buy more hosts than it would have. */
    boolean holds(List<Supply> supplies) {
        Outlook outlook = new Outlook(then, cluster, supplies, now);
        return outlook.everybodyFits() && supplies.stream().allMatch(supply -> hasItsHosts(supply, outlook));
    }

    private boolean hasItsHosts(Supply supply, Outlook outlook) {
        List<ProvisionedHost> hosts = Scaling.hosts(then, supply, cluster);
        return hosts.size() >= Scaling.wanted(supply, Scaling.busy(hosts, outlook));
    }
}
