package io.staithe.capacity.planner;

import io.staithe.core.lifecycle.ProvisionedLifecycle;
import io.staithe.core.lifecycle.ProvisionedLifecycle.Event;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/** Gives back hosts on which nothing runs and nothing is to run, when they have been empty for long enough. */
final class Releasing {
    private static final int MAX_RELEASED_PER_PLAN = 15;

    private final ClusterState state;
    private final String cluster;
    private final Outlook outlook;
    private final Instant now;
    private final Plan.Builder plan;
    private int released;
    private boolean isAnyDue;

    Releasing(ClusterState state, String cluster, Outlook outlook, Instant now, Plan.Builder plan) {
        this.state = state;
        this.cluster = cluster;
        this.outlook = outlook;
        this.now = now;
        this.plan = plan;
    }

    /** @param bought how many more there will be */
    void release(Supply supply, int bought) {
        List<ProvisionedHost> hosts = Scaling.hosts(state, supply, cluster);
        int surplus = hosts.size() + bought - Scaling.wanted(supply, Scaling.busy(hosts, outlook) + bought);
        for (ProvisionedHost host : idle(hosts, outlook)) {
            if (surplus <= 0) return;
            isAnyDue = true;
            Instant at = dueAt(host, supply.group());
            if (now.isBefore(at)) plan.wakeAt(at);
            else if (release(host, "nothing has run on it since " + host.emptySince())) surplus--;
        }
    }

    /** Those that nothing runs on or waits for, in the order in which they go: the dearest first. */
    static List<ProvisionedHost> idle(List<ProvisionedHost> hosts, Outlook outlook) {
        return hosts.stream()
                .filter(host -> host.status() == ProvisionedHost.Status.READY && host.emptySince() != null)
                .filter(host -> !outlook.isSpokenFor(host.id()))
                .sorted(Comparator.comparingLong(ProvisionedHost::microsPerHour)
                        .reversed()
                        .thenComparing(ProvisionedHost::id))
                .toList();
    }

    /** Whether a host goes that nothing runs on, now or when it has been empty for long enough. */
    boolean isAnyDue() {
        return isAnyDue || released > 0;
    }

    /** When a host on which nothing runs may go, as far as its group's times say. */
    static Instant dueAt(ProvisionedHost host, HostGroup group) {
        Instant empty = host.emptySince() == null ? host.requestedAt() : host.emptySince();
        Instant byRest = empty.plusSeconds(group.emptySeconds());
        Instant byLife = host.requestedAt().plusSeconds(host.dedicated() ? 0 : group.minimumLifeSeconds());
        return byRest.isAfter(byLife) ? byRest : byLife;
    }

    /** Of capacity providers that are there no longer, or serve this cluster no longer. */
    void releaseOrphans(List<Supply> supplies) {
        state.provisionedFor(cluster)
                .filter(host -> host.status() == ProvisionedHost.Status.READY && host.emptySince() != null)
                .filter(host -> supplies.stream()
                        .noneMatch(supply -> supply.provider().equals(host.capacityProvider())
                                && supply.group().name().equals(host.group())))
                .filter(host -> isUnmanaged(host))
                .toList()
                .forEach(host -> release(host, "its capacity provider needs it no longer"));
    }

    /** A group whose size is somebody else's affair keeps its hosts. */
    private boolean isUnmanaged(ProvisionedHost host) {
        return host.capacityProvider() == null
                || state.capacityProvider(host.capacityProvider())
                        .filter(provider -> !provider.managedScaling().enabled())
                        .isEmpty();
    }

    private boolean release(ProvisionedHost host, String why) {
        if (released == MAX_RELEASED_PER_PLAN) {
            plan.wakeAt(now);
            return false;
        }
        ProvisionedLifecycle.TABLE.next(host.status(), Event.RELEASED).ifPresent(to -> {
            plan.update(state, host.but().ending(to, why, now).build());
            plan.because(new Reason(host.key(), null, null, "HOST_RELEASED", "host " + host.id() + " goes: " + why));
            released++;
        });
        return true;
    }
}
