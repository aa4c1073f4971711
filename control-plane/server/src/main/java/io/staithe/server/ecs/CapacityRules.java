package io.staithe.server.ecs;

import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.CapacityProviderStrategyItem;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.ApiError;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rules of capacity providers and of strategies over them, in ECS's words. */
public final class CapacityRules {
    private static final int MAX_ITEMS = 20;

    private CapacityRules() {}

    /** @throws ApiError when the cluster names a provider that is not there, or its default strategy breaks a rule */
    public static void check(ClusterState state, Cluster cluster) {
        for (String provider : cluster.capacityProviders()) if (!isThere(state, provider)) throw notFound();
        checkStrategy(cluster.defaultCapacityProviderStrategy(), cluster);
    }

    /** @throws ApiError ResourceInUseException when {@code next} no longer names a provider that something in it uses */
    public static void checkRemoved(ClusterState state, Cluster current, Cluster next) {
        for (String provider : current.capacityProviders())
            if (!next.capacityProviders().contains(provider) && isUsedIn(state, current.name(), provider))
                throw ApiError.resourceInUse("The specified capacity provider is in use and cannot be removed.");
    }

    /** Whether a service or a task of the cluster uses the provider. */
    public static boolean isUsedIn(ClusterState state, String cluster, String provider) {
        return state.servicesOf(cluster)
                        .anyMatch(service -> service.status() != Service.Status.INACTIVE && isNamed(provider, service))
                || state.tasksIn(cluster)
                        .anyMatch(task -> !task.isStopped() && provider.equals(task.capacityProvider()));
    }

    /**
     * @param strategy of the cluster, of one of its services or of a task; empty: there is none
     * @throws ApiError InvalidParameterException for the first rule that does not hold
     */
    static void checkStrategy(List<CapacityProviderStrategyItem> strategy, Cluster cluster) {
        if (strategy.isEmpty()) return;
        if (strategy.size() > MAX_ITEMS)
            throw ApiError.invalidParameter("The number of capacity providers in the capacity provider strategy cannot"
                    + " exceed the limit of " + MAX_ITEMS + ".");
        if (names(strategy).distinct().count() < strategy.size())
            throw ApiError.invalidParameter("A capacity provider strategy cannot contain duplicate capacity providers."
                    + " Remove the duplicate and try again.");
        if (names(strategy).anyMatch(CapacityProvider::isFargate)
                && !names(strategy).allMatch(CapacityProvider::isFargate))
            throw ApiError.invalidParameter("A capacity provider strategy cannot contain a mix of capacity providers"
                    + " using Auto Scaling groups and Fargate providers. Specify one or the other and try again.");
        if (strategy.stream().filter(item -> orZero(item.base()) > 0).count() > 1)
            throw ApiError.invalidParameter("Only one capacity provider in a capacity provider strategy can have a base"
                    + " value defined. Remove the extra base values and try again.");
        if (strategy.stream().allMatch(item -> orZero(item.weight()) == 0))
            throw ApiError.invalidParameter("At least one capacity provider in the capacity provider strategy must have"
                    + " a weight value greater than zero. Specify a valid weight and try again.");
        if (!names(strategy).allMatch(cluster.capacityProviders()::contains))
            throw ApiError.invalidParameter(
                    "The specified capacity provider strategy cannot contain a capacity provider"
                            + " that is not associated with the cluster. Associate the capacity provider with the cluster or"
                            + " specify a valid capacity provider and try again.");
    }

    /** @throws ApiError when the host group is not there, is of Fargate mode, or has another capacity provider */
    public static void check(ClusterState state, CapacityProvider provider) {
        Optional<HostGroup> group = state.hostGroup(provider.hostGroup());
        if (group.isEmpty())
            throw ApiError.client("The specified Auto Scaling group ARN does not exist: no host group is named "
                    + provider.hostGroup() + ". Specify a valid Auto Scaling group ARN and try again.");
        if (group.get().isFargate())
            throw ApiError.client("The host group " + provider.hostGroup()
                    + " is of FARGATE and FARGATE_SPOT; a capacity provider needs one without fargate.");
        boolean taken = state.all(Kind.CAPACITY_PROVIDER, CapacityProvider.class)
                .anyMatch(other -> other.hostGroup().equals(provider.hostGroup())
                        && !other.name().equals(provider.name()));
        if (taken)
            throw ApiError.client("The specified Auto Scaling group ARN is already being used by another capacity"
                    + " provider. Specify a unique Auto Scaling group ARN and try again.");
    }

    /** Who uses a capacity provider, for people; empty: it may go. */
    public static Optional<String> user(ClusterState state, String provider) {
        Stream<String> clusters = state.all(Kind.CLUSTER, Cluster.class)
                .filter(cluster -> cluster.status() == Cluster.Status.ACTIVE
                        && cluster.capacityProviders().contains(provider))
                .map(cluster -> "cluster " + cluster.name() + " names it");
        Stream<String> services = state.all(Kind.SERVICE, Service.class)
                .filter(service -> service.status() != Service.Status.INACTIVE && isNamed(provider, service))
                .map(service -> "service " + service.id() + " uses it");
        Stream<String> tasks = state.all(Kind.TASK, Task.class)
                .filter(task -> !task.isStopped() && provider.equals(task.capacityProvider()))
                .map(task -> "task " + task.id() + " runs on it");
        return Stream.of(clusters, services, tasks).flatMap(uses -> uses).findFirst();
    }

    /** What must not change while something is written that names these providers. */
    public static Stream<Key> references(Collection<String> providers) {
        return providers.stream()
                .filter(name -> !CapacityProvider.isFargate(name))
                .map(Key::capacityProvider);
    }

    static ApiError notFound() {
        return ApiError.invalidParameter(
                "The specified capacity provider was not found. Specify a valid capacity provider and try again.");
    }

    private static boolean isNamed(String provider, Service service) {
        return names(service.revision().capacityProviderStrategy()).anyMatch(provider::equals);
    }

    private static boolean isThere(ClusterState state, String provider) {
        return CapacityProvider.isFargate(provider)
                || state.capacityProvider(provider).isPresent();
    }

    private static Stream<String> names(List<CapacityProviderStrategyItem> strategy) {
        return strategy.stream().map(CapacityProviderStrategyItem::capacityProvider);
    }

    private static int orZero(@Nullable Integer number) {
        return Objects.requireNonNullElse(number, 0);
    }
}
