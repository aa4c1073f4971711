package io.staithe.capacity.planner;

import io.staithe.core.model.HostType;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.state.ClusterState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How many hosts a capacity provider wants beyond those that tasks need: the least that its group has, and as many spare ones as
 * its target capacity says. ECS's CapacityProviderReservation is the hosts in use by the hosts there, in percent.
 */
final class Scaling {
    private Scaling() {}

    /** Buys what is missing, in steps of the size that is asked for. */
    static void adjust(ClusterState state, Supply supply, Outlook outlook, Buying buying) {
        if (supply.isFargate()) return;
        List<ProvisionedHost> there = hosts(state, supply, buying.cluster);
        int bought = buying.hosts().size();
        int missing = wanted(supply, busy(there, outlook) + bought) - there.size() - bought;
        if (missing > 0 || bought > 0)
            missing = Math.max(missing, supply.scaling().minimumScalingStepSize() - bought);
        missing = Math.min(missing, supply.scaling().maximumScalingStepSize() - bought);
        Optional<HostType> cheapest = supply.group().types().stream()
                .filter(type -> buying.allowance.left(type) > 0)
                .min(Comparator.comparingLong(HostType::microsPerHour).thenComparing(HostType::name));
        for (int i = 0; i < missing && cheapest.isPresent() && !buying.isFull(); i++) {
            HostType type = cheapest.get();
            if (buying.allowance.left(type) == 0 || !buying.allowance.allows(type.microsPerHour())) return;
            String zone = type.zones().isEmpty()
                    ? null
                    : type.zones()
                            .get((there.size() + bought + i) % type.zones().size());
            buying.add(
                    type,
                    type.offered(),
                    type.architecture(),
                    zone,
                    type.microsPerHour(),
                    "spare",
                    "the target capacity of " + supply.provider(),
                    "the cheapest type of host group " + supply.group().name());
        }
    }

    /** How many hosts there are to be when so many are in use. */
    static int wanted(Supply supply, int busy) {
        if (supply.isFargate()) return 0;
        int target = supply.scaling().targetCapacity();
        int spare = (busy * 100 + target - 1) / target;
        return Math.min(supply.group().maxHosts(), Math.max(supply.group().minHosts(), spare));
    }

    static List<ProvisionedHost> hosts(ClusterState state, Supply supply, String cluster) {
        return state.provisionedFor(cluster)
                .filter(host -> supply.provider().equals(host.capacityProvider())
                        && host.status().isCapacity())
                .toList();
    }

    /** How many of them are in use, or will be once tasks that wait are there. */
    static int busy(List<ProvisionedHost> hosts, Outlook outlook) {
        return (int) hosts.stream()
                .filter(host -> outlook.isSpokenFor(host.id())
                        || (host.status() == ProvisionedHost.Status.READY && host.emptySince() == null))
                .count();
    }
}
