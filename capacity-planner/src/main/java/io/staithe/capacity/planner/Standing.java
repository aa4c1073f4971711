package io.staithe.capacity.planner;

import io.staithe.core.model.HostGroup;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the hosts of a capacity provider in one cluster stand, as the planner sees them: for people, who ask why hosts come, stay
 * and go.
 *
 * @param targetCapacity 1 to 100 percent of the hosts in use
 * @param reservation ECS's CapacityProviderReservation: hosts in use by hosts there, in percent; without a host 200 when one is
 *     needed, else 100
 * @param hosts those that take tasks, or will
 * @param inUse how many of them run tasks, or will
 * @param wanted how many there are to be
 * @param waiting tasks that find no place even once every host that is on its way has come
 * @param warm rooms that are kept ready
 * @param warmMissing how many of those are neither there nor on their way
 * @param pausedUntil no host is requested earlier, as hosts of this provider failed; absent: at once
 * @param fates what becomes of each of the hosts, by id
 */
public record Standing(
        String provider,
        HostGroup group,
        int targetCapacity,
        int reservation,
        int hosts,
        int inUse,
        int wanted,
        int waiting,
        int warm,
        int warmMissing,
        @Nullable Instant pausedUntil,
        List<Fate> fates) {
    /**
     * @param why it is kept or goes, for people
     * @param goesAt when it is given back if nothing happens; absent: it is kept
     */
    public record Fate(
            InstanceId host, String why, @Nullable Instant goesAt) {}

    public Standing {
        fates = List.copyOf(fates);
    }

    /** Of each capacity provider that buys hosts for a cluster. */
    public static List<Standing> of(ClusterState state, String cluster, Instant now) {
        List<Supply> supplies = Supply.of(state, cluster);
        Outlook outlook = new Outlook(state, cluster, supplies, now);
        return supplies.stream()
                .map(supply -> of(state, cluster, supply, outlook, now))
                .toList();
    }

    private static Standing of(ClusterState state, String cluster, Supply supply, Outlook outlook, Instant now) {
        List<ProvisionedHost> hosts = Scaling.hosts(state, supply, cluster).stream()
                .sorted(Comparator.comparing(ProvisionedHost::id))
                .toList();
        int inUse = Scaling.busy(hosts, outlook);
        int wanted = Scaling.wanted(supply, inUse);
        int missing = outlook.warmMissing(supply.provider());
        int waiting = outlook.needs(supply.provider()).size() - missing;
        boolean warm = supply.keepsWarm() && Outlook.isFor(supply.group(), cluster);
        return new Standing(
                supply.provider(),
                supply.group(),
                supply.scaling().targetCapacity(),
                hosts.isEmpty() ? (waiting + missing > 0 ? 200 : 100) : inUse * 100 / hosts.size(),
                hosts.size(),
                inUse,
                wanted,
                waiting,
                warm
                        ? supply.group().warm().stream()
                                .mapToInt(HostGroup.Warm::count)
                                .sum()
                        : 0,
                missing,
                Pause.of(state, supply, now).map(Pause::until).orElse(null),
                fates(supply, hosts, hosts.size() - wanted, outlook));
    }

    /** Of those on which nothing runs, as many go as are not wanted. */
    private static List<Fate> fates(Supply supply, List<ProvisionedHost> hosts, int surplus, Outlook outlook) {
        List<ProvisionedHost> idle = Releasing.idle(hosts, outlook);
        List<ProvisionedHost> going = idle.subList(0, Math.max(0, Math.min(surplus, idle.size())));
        List<Fate> fates = new ArrayList<>();
        for (ProvisionedHost host : hosts) {
            if (!idle.contains(host)) fates.add(new Fate(host.id(), busy(host), null));
            else if (going.contains(host))
                fates.add(new Fate(
                        host.id(),
                        "nothing has run on it since " + host.emptySince(),
                        Releasing.dueAt(host, supply.group())));
            else
                fates.add(new Fate(
                        host.id(),
                        "nothing runs on it; it is kept by min of host group "
                                + supply.group().name() + " or the target capacity",
                        null));
        }
        return fates;
    }

    private static String busy(ProvisionedHost host) {
        if (host.status() != ProvisionedHost.Status.READY) return "it is on its way";
        return host.emptySince() == null ? "tasks run on it" : "a task that waits goes there, or room is kept on it";
    }
}
