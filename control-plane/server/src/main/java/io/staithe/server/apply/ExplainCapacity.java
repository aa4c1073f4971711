package io.staithe.server.apply;

import io.staithe.core.capacity.ProviderChoice;
import io.staithe.core.model.CapacityStatus.Hindrance;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which hosts are on their way for a task that waits for one to be bought, or why none is. */
final class ExplainCapacity {
    private static final int MAX_HOSTS = 5;

    private final List<ProvisionedHost> coming;
    private final Optional<Hindrance> hindrance;
    private final String provider;

    private ExplainCapacity(ClusterState state, Task task, String provider) {
        this.provider = provider;
        coming = state.provisionedFor(task.cluster())
                .filter(host -> provider.equals(host.capacityProvider()))
                .filter(host -> host.status().isCapacity() && host.status() != ProvisionedHost.Status.READY)
                .toList();
        hindrance = state.capacityStatus(task.cluster()).hindrance(provider);
    }

    /** Empty: no host is bought for it, as it has one, or runs on those that are there. */
    static Optional<ExplainCapacity> of(ClusterState state, Task task) {
        String provider = task.capacityProvider();
        return provider == null
                        || task.instance() != null
                        || !task.isActive()
                        || ProviderChoice.group(state, task.cluster(), provider).isEmpty()
                ? Optional.empty()
                : Optional.of(new ExplainCapacity(state, task, provider));
    }

    String summary() {
        String why = hindrance
                .map(Hindrance::message)
                .map(message -> ": " + message)
                .orElse(
                        coming.isEmpty()
                                ? ", which is about to be requested"
                                : "; " + coming.size() + (coming.size() == 1 ? " is" : " are") + " on the way");
        return "It waits for a host of capacity provider " + provider + why + ".";
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        coming.stream()
                .limit(MAX_HOSTS)
                .map(host -> "Host " + host.id() + " (" + host.type() + ") is "
                        + host.status().name().toLowerCase(Locale.ROOT) + ", requested at " + host.requestedAt() + ".")
                .forEach(lines::add);
        return lines;
    }
}
