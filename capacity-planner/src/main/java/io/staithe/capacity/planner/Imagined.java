package io.staithe.capacity.planner;

import io.staithe.core.capacity.ExpectedHost;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.util.List;

/** Hosts that are not there, as they would be: for the scheduler to be asked about them. */
final class Imagined {
    private Imagined() {}

    /** A cluster as it is once every host that is on its way has come. */
    static ClusterState arrived(ClusterState state, String cluster) {
        Plan.Builder coming = new Plan.Builder();
        state.provisionedFor(cluster)
                .filter(host -> host.status().isCapacity() && host.status() != ProvisionedHost.Status.READY)
                .forEach(host -> with(coming, state, ExpectedHost.of(host)));
        return coming.isEmpty() ? state : state.apply(coming.build(), state.revision() + 1);
    }

    /** The same cluster with nothing but these hosts. */
    static ClusterState only(String cluster, List<ContainerInstance> hosts) {
        Plan.Builder all = new Plan.Builder();
        hosts.forEach(host -> with(all, ClusterState.EMPTY, host));
        return ClusterState.EMPTY.apply(all.build(), 1);
    }

    private static void with(Plan.Builder plan, ClusterState state, ContainerInstance host) {
        plan.add(Change.put(host, state.revisionOf(host.key())));
        AgentSession session = ExpectedHost.session(host);
        plan.add(Change.put(session, state.revisionOf(session.key())));
    }
}
