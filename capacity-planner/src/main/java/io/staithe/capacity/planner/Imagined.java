package io.staithe.capacity.planner;

import io.staithe.core.model.AgentSession;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Resources;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Hosts that are not there, as they would be: for the scheduler to be asked about them. */
final class Imagined {
    static final String INSTANCE_TYPE = "ecs.instance-type";

    private Imagined() {}

    /** A cluster as it is once every host that is on its way has come. */
    static ClusterState arrived(ClusterState state, String cluster) {
        Plan.Builder coming = new Plan.Builder();
        state.provisionedFor(cluster)
                .filter(host -> host.status().isCapacity() && host.status() != ProvisionedHost.Status.READY)
                .forEach(host -> with(coming, state, of(host)));
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
        AgentSession session = new AgentSession(host.id(), "imagined", host.incarnation(), host.registeredAt(), true);
        plan.add(Change.put(session, state.revisionOf(session.key())));
    }

    static ContainerInstance of(ProvisionedHost host) {
        return of(
                host.id(),
                host.cluster(),
                host.type(),
                host.offered(),
                host.architecture(),
                host.zone(),
                host.requestedAt(),
                host.capacityProvider(),
                host.dedicated());
    }

    static ContainerInstance of(
            InstanceId id,
            String cluster,
            String type,
            Resources offered,
            String architecture,
            @Nullable String zone,
            Instant at,
            @Nullable String capacityProvider,
            boolean dedicated) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new Attribute(Attribute.CPU_ARCHITECTURE, architecture.toLowerCase(Locale.ROOT)));
        attributes.add(new Attribute(Attribute.OS_TYPE, "linux"));
        attributes.add(new Attribute(INSTANCE_TYPE, type));
        if (zone != null) attributes.add(new Attribute(Attribute.AVAILABILITY_ZONE, zone));
        return ContainerInstance.of(id, cluster, type, offered, at)
                .but()
                .attributes(attributes)
                .capacity(capacityProvider, dedicated)
                .build();
    }
}
