package io.staithe.capacity.planner;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Task;
import io.staithe.core.scheduler.Demand;
import io.staithe.core.scheduler.Fleet;
import io.staithe.core.scheduler.Pass;
import io.staithe.core.scheduler.Placement;
import io.staithe.core.scheduler.Scheduler;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What still finds no place once every host that is on its way has come, as the scheduler would decide it then; and which hosts
 * are spoken for.
 */
final class Outlook {
    private final Map<String, List<Need>> needs = new HashMap<>();
    private final Set<InstanceId> spokenFor = new HashSet<>();
    private boolean everybodyFits = true;

    Outlook(ClusterState state, String cluster, List<Supply> supplies, Instant now) {
        boolean anybodyWaits = !state.waitingTasks(cluster).isEmpty();
        boolean anythingWarm = supplies.stream().anyMatch(Supply::keepsWarm);
        if (!anybodyWaits && !anythingWarm) return;
        ClusterState arrived = Imagined.arrived(state, cluster);
        Fleet fleet = Fleet.of(arrived, cluster);
        Pass pass = new Pass(arrived, cluster, fleet, now);
        for (Task task : state.waitingTasks(cluster)) {
            Placement placement = pass.decide(List.of(task)).get(0);
            if (placement instanceof Placement.On on)
                spokenFor.add(on.host().instance().id());
            else everybodyFits = false;
            if (placement instanceof Placement.Nowhere && task.capacityProvider() != null)
                add(task.capacityProvider(), Need.of(task, state));
        }
        for (Supply supply : supplies) if (supply.keepsWarm() && isFor(supply.group(), cluster)) warm(supply, fleet);
    }

    /** A group that serves all clusters keeps its room in the one that is meant where none is named. */
    static boolean isFor(HostGroup group, String cluster) {
        return cluster.equals(group.cluster() == null ? Cluster.DEFAULT : group.cluster());
    }

    private void warm(Supply supply, Fleet fleet) {
        for (HostGroup.Warm warm : supply.group().warm()) {
            Demand demand = Demand.any(supply.provider(), warm.task());
            for (int i = 0; i < warm.count(); i++)
                if (Scheduler.place(demand, i, fleet) instanceof Placement.On on) {
                    fleet.take(on);
                    spokenFor.add(on.host().instance().id());
                } else add(supply.provider(), new Need(null, demand, warm.task(), null));
        }
    }

    private void add(String provider, Need need) {
        needs.computeIfAbsent(provider, any -> new ArrayList<>()).add(need);
    }

    /** Whether there is room for all that waits without anybody else's leaving, and for what is kept warm. */
    boolean everybodyFits() {
        return everybodyFits && needs.isEmpty();
    }

    /** They are needed, whatever is on them. */
    void speakFor(Collection<InstanceId> hosts) {
        spokenFor.addAll(hosts);
    }

    /** In the order of the queue, and what may come last. */
    List<Need> needs(String provider) {
        return needs.getOrDefault(provider, List.of());
    }

    /** How much of the room that is kept ready is missing: neither there nor on its way. */
    int warmMissing(String provider) {
        return (int)
                needs(provider).stream().filter(need -> need.task() == null).count();
    }

    /** Whether a task that waits goes there, or room on it is kept ready. */
    boolean isSpokenFor(InstanceId host) {
        return spokenFor.contains(host);
    }
}
