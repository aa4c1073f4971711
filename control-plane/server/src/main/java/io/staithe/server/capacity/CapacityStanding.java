package io.staithe.server.capacity;

import io.staithe.capacity.planner.Standing;
import io.staithe.capacity.provider.ProviderLoop;
import io.staithe.core.model.CapacityStatus;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.Kind;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.state.ClusterState;
import io.staithe.server.manifest.Amounts;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster's capacity providers stand, and the groups from which their hosts are bought.
 *
 * @param changedMindAt when hosts on which tasks ran were last given back; absent: never
 */
public record CapacityStanding(
        String cluster,
        List<Provider> capacityProviders,
        List<Group> hostGroups,
        @Nullable Instant changedMindAt) {
    /**
     * A capacity provider in the cluster.
     *
     * @param hosts how many there are, by status
     * @param costPerHour dollars, of those
     * @param reservation CapacityProviderReservation, in percent
     * @param warm rooms that are kept ready, and how many of them are missing
     * @param pausedUntil hosts of the group failed: no other is requested earlier
     */
    public record Provider(
            String name,
            String hostGroup,
            Map<String, Integer> hosts,
            BigDecimal costPerHour,
            int targetCapacity,
            int reservation,
            int inUse,
            int wanted,
            int waiting,
            int warm,
            int warmMissing,
            CapacityStatus.@Nullable Hindrance hindrance,
            @Nullable Instant pausedUntil,
            List<Fate> fates) {}

    /** Why a host stays, or when it goes. */
    public record Fate(
            String host,
            String type,
            String status,
            String why,
            @Nullable Instant goesAt) {}

    /**
     * A host group, over all clusters.
     *
     * @param provider what makes its machines
     * @param budgetPerHour dollars; absent: no limit
     * @param providerFails what the provider said last, while it is left alone; known to the control plane that leads
     * @param providerRestsUntil when it is asked again
     */
    public record Group(
            String name,
            String provider,
            @Nullable String cluster,
            Map<String, Integer> hosts,
            int min,
            int max,
            BigDecimal costPerHour,
            @Nullable BigDecimal budgetPerHour,
            @Nullable String providerFails,
            @Nullable Instant providerRestsUntil) {}

    /** @param name of a group or a capacity provider; absent: all of them */
    static CapacityStanding of(
            ClusterState state,
            String cluster,
            @Nullable String name,
            java.util.function.Function<String, Optional<ProviderLoop.Trouble>> troubles,
            Instant now) {
        List<Standing> standings = Standing.of(state, cluster, now).stream()
                .filter(one -> name == null
                        || name.equals(one.provider())
                        || name.equals(one.group().name()))
                .toList();
        List<Group> groups = state.all(Kind.HOST_GROUP, HostGroup.class)
                .filter(group -> name == null
                        || name.equals(group.name())
                        || standings.stream().anyMatch(one -> one.group().name().equals(group.name())))
                .map(group -> group(state, group, troubles.apply(group.provider())))
                .toList();
        return new CapacityStanding(
                cluster,
                standings.stream().map(one -> provider(state, cluster, one)).toList(),
                groups,
                state.capacityStatus(cluster).changedMindAt());
    }

    private static Provider provider(ClusterState state, String cluster, Standing standing) {
        List<ProvisionedHost> hosts = state.provisionedFor(cluster)
                .filter(host -> standing.provider().equals(host.capacityProvider()))
                .toList();
        return new Provider(
                standing.provider(),
                standing.group().name(),
                byStatus(hosts),
                cost(hosts),
                standing.targetCapacity(),
                standing.reservation(),
                standing.inUse(),
                standing.wanted(),
                standing.waiting(),
                standing.warm(),
                standing.warmMissing(),
                state.capacityStatus(cluster).hindrance(standing.provider()).orElse(null),
                standing.pausedUntil(),
                standing.fates().stream().map(fate -> fate(state, fate)).toList());
    }

    private static Fate fate(ClusterState state, Standing.Fate fate) {
        Optional<ProvisionedHost> host = state.provisionedHost(fate.host());
        return new Fate(
                fate.host().value(),
                host.map(ProvisionedHost::type).orElse(""),
                host.map(one -> one.status().name()).orElse(""),
                fate.why(),
                fate.goesAt());
    }

    private static Group group(ClusterState state, HostGroup group, Optional<ProviderLoop.Trouble> trouble) {
        List<ProvisionedHost> hosts = state.all(Kind.PROVISIONED_HOST, ProvisionedHost.class)
                .filter(host -> host.group().equals(group.name()))
                .toList();
        Long budget = group.microsPerHourBudget();
        return new Group(
                group.name(),
                group.provider(),
                group.cluster(),
                byStatus(hosts),
                group.minHosts(),
                group.maxHosts(),
                cost(hosts),
                budget == null ? null : Amounts.dollars(budget),
                trouble.map(ProviderLoop.Trouble::message).orElse(null),
                trouble.map(ProviderLoop.Trouble::until).orElse(null));
    }

    private static Map<String, Integer> byStatus(List<ProvisionedHost> hosts) {
        Map<String, Integer> count = new TreeMap<>();
        shown(hosts).forEach(host -> count.merge(host.status().name(), 1, Integer::sum));
        return count;
    }

    /** Those that are there, and those that failed lately. */
    private static Stream<ProvisionedHost> shown(List<ProvisionedHost> hosts) {
        return hosts.stream().filter(host -> !host.isOver() || host.status() == ProvisionedHost.Status.FAILED);
    }

    private static BigDecimal cost(List<ProvisionedHost> hosts) {
        return Amounts.dollars(hosts.stream()
                .filter(host -> !host.isOver())
                .mapToLong(ProvisionedHost::microsPerHour)
                .sum());
    }
}
