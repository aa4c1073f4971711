package io.staithe.capacity.planner;

import io.staithe.core.capacity.ProviderChoice;
import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.Kind;
import io.staithe.core.model.ManagedScaling;
import io.staithe.core.state.ClusterState;
import java.util.ArrayList;
import java.util.List;

/** A capacity provider, and the host group from which its hosts are bought. */
record Supply(String provider, HostGroup group, ManagedScaling scaling) {
    /** What buys hosts for a cluster, each with the group that they are of. */
    static List<Supply> of(ClusterState state, String cluster) {
        List<Supply> supplies = new ArrayList<>();
        ProviderChoice.fargate(state, cluster).ifPresent(group -> {
            supplies.add(new Supply(CapacityProvider.FARGATE, group, ManagedScaling.DEFAULT));
            supplies.add(new Supply(CapacityProvider.FARGATE_SPOT, group, ManagedScaling.DEFAULT));
        });
        state.all(Kind.CAPACITY_PROVIDER, CapacityProvider.class)
                .filter(provider -> provider.managedScaling().enabled())
                .forEach(provider -> ProviderChoice.group(state, cluster, provider.name())
                        .ifPresent(
                                group -> supplies.add(new Supply(provider.name(), group, provider.managedScaling()))));
        return supplies;
    }

    boolean isFargate() {
        return CapacityProvider.isFargate(provider);
    }

    /** Whether room for tasks to come is kept here: spot hosts are no reserve. */
    boolean keepsWarm() {
        return !group.warm().isEmpty() && !CapacityProvider.isSpot(provider);
    }
}
