package io.staithe.capacity.planner;

import io.staithe.capacity.consolidation.Resident;
import io.staithe.capacity.consolidation.RunningHost;
import io.staithe.capacity.packing.Offer;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Task;
import io.staithe.core.rebalance.MoveBudget;
import io.staithe.core.scheduler.Demand;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.HostLoad;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The hosts of a capacity provider with what runs on them, as the search for a cheaper arrangement sees them. */
final class Candidates {
    private static final double USUAL_DISRUPTION = 1;

    /** Hosts that the scheduler cannot tell apart while nothing is on them. */
    private record Sort(Resources room, List<Attribute> attributes) {}

    private final ClusterState state;
    private final MoveBudget budget;
    private final Buying buying;
    private final Instant now;
    private final List<ProvisionedHost> hosts;
    private final Map<Sort, Integer> sorts = new LinkedHashMap<>();
    private final Catalogue catalogue;
    private final List<Offer> offers;
    private final Map<Demand, BitSet> usable = new HashMap<>();
    private @Nullable Instant moreAt;

    Candidates(ClusterState state, Supply supply, Buying buying, MoveBudget budget, boolean buys, Instant now) {
        this.state = state;
        this.budget = budget;
        this.buying = buying;
        this.now = now;
        hosts = Scaling.hosts(state, supply, buying.cluster);
        List<ContainerInstance> firstOfSort = new ArrayList<>();
        List<Offer> owned = new ArrayList<>();
        for (ProvisionedHost host : hosts) {
            ContainerInstance there = instance(host).orElse(null);
            if (there == null || sorts.putIfAbsent(sort(there), sorts.size()) != null) continue;
            firstOfSort.add(there);
            owned.add(notForSale(host.type(), there.registered(), host.microsPerHour()));
        }
        catalogue = new Catalogue(buying, firstOfSort);
        offers = new ArrayList<>();
        for (Offer offer : catalogue.offers())
            offers.add(buys ? affordable(offer) : notForSale(offer.name(), offer.room(), offer.microsPerHour()));
        offers.addAll(owned);
    }

    /** The hosts that go are still there, and paid for, when it comes. */
    private Offer affordable(Offer offer) {
        long most = Math.min(buying.allowance.hosts(), buying.allowance.micros() / offer.microsPerHour());
        return new Offer(offer.name(), offer.room(), offer.microsPerHour(), (int) Math.min(offer.limit(), most));
    }

    private static Offer notForSale(String name, Resources room, long price) {
        return new Offer(name, room, price, 0);
    }

    Catalogue catalogue() {
        return catalogue;
    }

    List<Offer> offers() {
        return offers;
    }

    /** When time alone lets more hosts go; absent: never. */
    @Nullable
    Instant moreAt() {
        return moreAt;
    }

    /** @param staying these do, besides those that have to */
    List<RunningHost> running(Set<InstanceId> staying) {
        List<RunningHost> running = new ArrayList<>();
        for (ProvisionedHost host : hosts) {
            ContainerInstance instance = instance(host).orElse(null);
            HostLoad load = state.load(host.id()).orElse(null);
            if (instance == null || load == null || !Resources.NONE.fitsIn(load.free())) continue;
            List<Task> tasks = tasksOn(state, host.id());
            boolean mayGo = !tasks.isEmpty() && !staying.contains(host.id()) && isOldEnough(host);
            running.add(new RunningHost(
                    host.id().value(),
                    catalogue.size() + sorts.getOrDefault(sort(instance), 0),
                    host.microsPerHour(),
                    load.free(),
                    tasks.stream().map(task -> resident(task, mayGo)).toList(),
                    mayGo));
        }
        return running;
    }

    /** Those that would have to move if it went: a daemon's end with it. */
    static List<Task> tasksOn(ClusterState state, InstanceId host) {
        return state.tasksOn(host)
                .filter(task -> !task.isStopped())
                .filter(task -> !task.isOfDaemon())
                .toList();
    }

    private boolean isOldEnough(ProvisionedHost host) {
        Instant at = host.requestedAt().plusSeconds(buying.group.minimumLifeSeconds());
        if (!now.isBefore(at)) return true;
        if (moreAt == null || at.isBefore(moreAt)) moreAt = at;
        return false;
    }

    private Resident resident(Task task, boolean mayGo) {
        boolean movable = mayGo && !task.reserved().equals(Resources.NONE) && budget.mayMove(task);
        BitSet offers =
                movable ? usable.computeIfAbsent(Need.of(task, state).demand(), catalogue::usableBy) : new BitSet();
        return new Resident(task.id().value(), task.reserved(), offers, USUAL_DISRUPTION, movable);
    }

    private Optional<ContainerInstance> instance(ProvisionedHost host) {
        return state.instance(host.id())
                .filter(there -> there.status() == ContainerInstance.Status.ACTIVE && there.isConnected());
    }

    private static Sort sort(ContainerInstance host) {
        return new Sort(host.registered(), host.allAttributes());
    }
}
