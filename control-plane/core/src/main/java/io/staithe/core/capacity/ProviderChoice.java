package io.staithe.core.capacity;

import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.CapacityProviderStrategyItem;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.Kind;
import io.staithe.core.state.ClusterState;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Which capacity provider a task gets. */
public final class ProviderChoice {
    private ProviderChoice() {}

    /**
     * @param strategy empty: the launch type says it
     * @param tasks how many of those that the strategy is for a provider has already
     * @return absent: the task runs on any host that is not of Fargate mode. So do Fargate's own tasks in a cluster for which no
     *     host group buys hosts: they run on the hosts that there are
     */
    public static @Nullable String of(
            ClusterState state,
            String cluster,
            @Nullable String launchType,
            List<CapacityProviderStrategyItem> strategy,
            ToIntFunction<String> tasks) {
        String provider = strategy.isEmpty()
                ? "FARGATE".equals(launchType) ? CapacityProvider.FARGATE : null
                : ProviderSplit.next(strategy, tasks).orElse(null);
        if (provider == null || !CapacityProvider.isFargate(provider)) return provider;
        return fargate(state, cluster).isPresent() ? provider : null;
    }

    /** The host group of a cluster's Fargate mode: its own before one that serves all; the first by name. */
    public static Optional<HostGroup> fargate(ClusterState state, String cluster) {
        List<HostGroup> groups = state.all(Kind.HOST_GROUP, HostGroup.class)
                .filter(HostGroup::isFargate)
                .toList();
        return groups.stream()
                .filter(group -> cluster.equals(group.cluster()))
                .findFirst()
                .or(() ->
                        groups.stream().filter(group -> group.cluster() == null).findFirst());
    }

    /** The host group of a provider, as far as it serves the cluster. */
    public static Optional<HostGroup> group(ClusterState state, String cluster, String provider) {
        if (CapacityProvider.isFargate(provider)) return fargate(state, cluster);
        return state.capacityProvider(provider)
                .flatMap(known -> state.hostGroup(known.hostGroup()))
                .filter(group -> group.cluster() == null || group.cluster().equals(cluster));
    }
}
