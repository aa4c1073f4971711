package io.staithe.server.capacity;

import io.staithe.capacity.provider.ProviderLoop;
import io.staithe.core.state.ClusterState;
import io.staithe.server.apply.Rendering;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Arns;
import io.staithe.server.ecs.Commits;
import io.staithe.server.ecs.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What {@code /staithe/v1} says of hosts that are bought. */
public final class CapacityApi {
    private final Commits commits;
    private final Function<String, Optional<ProviderLoop.Trouble>> troubles;

    /** @param troubles what is wrong with a provider, as far as this process knows */
    public CapacityApi(Commits commits, Function<String, Optional<ProviderLoop.Trouble>> troubles) {
        this.commits = commits;
        this.troubles = troubles;
    }

    /**
     * The hosts that were bought for a cluster, those that are gone for at most an hour among them.
     *
     * @param cluster absent: the default cluster
     */
    public List<Map<String, Object>> hosts(@Nullable String cluster, Caller caller) {
        ClusterState state = commits.state();
        Arns arns = Arns.of(caller);
        return state.provisionedFor(Names.cluster(cluster))
                .map(host -> Rendering.of(BoughtHost.of(host, state, arns)))
                .toList();
    }

    /**
     * How capacity providers and host groups stand.
     *
     * @param cluster absent: the default cluster
     * @param name of a capacity provider or a host group; absent: all that serve the cluster
     * @throws ApiError ResourceNotFoundException when none is named so
     */
    public CapacityStanding standing(@Nullable String cluster, @Nullable String name, Caller caller) {
        CapacityStanding standing =
                CapacityStanding.of(commits.state(), Names.cluster(cluster), name, troubles, caller.now());
        if (name != null
                && standing.capacityProviders().isEmpty()
                && standing.hostGroups().isEmpty())
            throw ApiError.resourceNotFound("no capacity provider or host group is named " + name);
        return standing;
    }
}
