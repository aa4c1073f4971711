package io.staithe.core.control;

import io.staithe.core.capacity.ExpectedHost;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.HostReport;
import io.staithe.core.model.Kind;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.List;

/** Providers and hosts in a {@link Preview}: what is bought joins at once, and what is given back is gone at once. */
final class PreviewHosts {
    private PreviewHosts() {}

    static List<ProvisionedHost> of(ClusterState state) {
        return state.all(Kind.PROVISIONED_HOST, ProvisionedHost.class).toList();
    }

    static void act(ClusterState state, Instant now, Plan.Builder plan) {
        for (ProvisionedHost host : of(state)) {
            if (host.isOver()) continue;
            HostReport.State to = host.status().isWanted() ? HostReport.State.RUNNING : HostReport.State.GONE;
            boolean isKnown = state.hostReport(host.id())
                    .filter(report -> report.state() == to)
                    .isPresent();
            if (!isKnown) plan.update(state, new HostReport(host.id(), to, "preview", null, null, now));
            if (host.joinedAt() == null && host.status().isWanted()) join(state, host, plan);
        }
    }

    private static void join(ClusterState state, ProvisionedHost host, Plan.Builder plan) {
        if (state.instance(host.id()).isPresent()) return;
        ContainerInstance instance = ExpectedHost.of(host);
        plan.update(state, instance).update(state, ExpectedHost.session(instance));
    }
}
