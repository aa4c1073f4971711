package io.staithe.capacity.planner;

import io.staithe.capacity.consolidation.Change;
import io.staithe.capacity.consolidation.Consolidation;
import io.staithe.capacity.consolidation.ConsolidationLimits;
import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.CapacityStatus;
import io.staithe.core.model.CapacityStatus.HostChange;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.ProvisionedHost.Status;
import io.staithe.core.model.Task;
import io.staithe.core.rebalance.MoveBudget;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Gives back hosts that cost more than their tasks would elsewhere, one change at a time: what is to come in their place is
 * bought first; when it is ready, they drain. What is remembered is in the store, so a new leader goes on.
 */
final class Consolidating {
    /** Changes that are looked at before a look is in vain. */
    private static final int MAX_TRIED = 8;

    private final ClusterState state;
    private final String cluster;
    private final List<Supply> supplies;
    private final Instant now;
    private final Plan.Builder plan;
    private final HostChanges changes;

    Consolidating(ClusterState state, String cluster, List<Supply> supplies, Instant now, Plan.Builder plan) {
        this.state = state;
        this.cluster = cluster;
        this.supplies = supplies;
        this.now = now;
        this.plan = plan;
        changes = new HostChanges(state, cluster, supplies, now, plan);
    }

    /** The next step of a change that is under way. */
    CapacityStatus goOn(CapacityStatus known, HostChange change) {
        return new CapacityStatus(
                cluster,
                known.hindrances(),
                known.changedMindAt(),
                changes.goOn(change).orElse(null));
    }

    /** Another change, if there is one that may begin. */
    CapacityStatus begin(CapacityStatus known, Looks looks) {
        List<Supply> open =
                supplies.stream().filter(supply -> mayBegin(supply, known)).toList();
        Cluster place = state.cluster(cluster).orElse(null);
        if (open.isEmpty() || place == null || !isAtRest()) return known;
        Instant next = looks.next(cluster, now);
        if (next.isAfter(now)) {
            plan.wakeAt(next);
            return known;
        }
        for (Supply supply : open) {
            Optional<HostChange> found = find(supply, new MoveBudget(state, place, now));
            if (found.isPresent()) {
                plan.guard(state, supply.group().key());
                plan.guard(state, place.key());
                return new CapacityStatus(cluster, known.hindrances(), now, found.get());
            }
        }
        looks.inVain(cluster, now);
        return known;
    }

    /** Nothing waits, comes or goes. */
    private boolean isAtRest() {
        return state.waitingTasks(cluster).isEmpty()
                && state.provisionedFor(cluster)
                        .allMatch(host ->
                                host.status() == Status.READY || !host.status().isWanted());
    }

    private boolean mayBegin(Supply supply, CapacityStatus known) {
        HostGroup group = supply.group();
        HostGroup.Consolidation rules = group.consolidation();
        if (rules == null || group.fargate() == HostGroup.Isolation.DEDICATED || !isDrained(supply)) return false;
        Instant after = known.changedMindAt() == null
                ? Instant.MIN
                : known.changedMindAt().plusSeconds(rules.intervalSeconds());
        if (now.isBefore(after)) plan.wakeAt(after);
        else if (!rules.opensAt(now)) rules.opensAfter(now).ifPresent(plan::wakeAt);
        else return true;
        return false;
    }

    /** Hosts that are ended without draining, or not while tasks run on them, go when they are empty. */
    private boolean isDrained(Supply supply) {
        return state.capacityProvider(supply.provider())
                .map(provider -> provider.managedDraining() && !provider.managedTerminationProtection())
                .orElse(CapacityProvider.isFargate(supply.provider()));
    }

    private Optional<HostChange> find(Supply supply, MoveBudget budget) {
        Buying buying = new Buying(state, supply.group(), supply.provider(), cluster, HostChange.MAX_HOSTS, now);
        boolean buys = Pause.of(state, supply, now).isEmpty();
        Candidates candidates = new Candidates(state, supply, buying, budget, buys, now);
        Set<InstanceId> staying = new HashSet<>();
        Optional<HostChange> found = Optional.empty();
        for (int tried = 0; tried < MAX_TRIED && found.isEmpty(); tried++) {
            Optional<Change> best = Consolidation.best(
                    candidates.running(staying), candidates.offers(), limits(supply.group(), budget));
            if (best.isEmpty()) break;
            Set<InstanceId> going =
                    best.get().going().stream().map(InstanceId::new).collect(Collectors.toSet());
            found = tried(best.get(), going, supply, candidates, budget);
            staying.addAll(going);
        }
        if (found.isEmpty()) plan.wakeAt(candidates.moreAt()).wakeAt(budget.moreAt());
        return found;
    }

    private static ConsolidationLimits limits(HostGroup group, MoveBudget budget) {
        HostGroup.Consolidation rules = Objects.requireNonNull(group.consolidation());
        return new ConsolidationLimits(budget.moves(), rules.minimumSavingPercent(), 0);
    }

    private Optional<HostChange> tried(
            Change change, Set<InstanceId> going, Supply supply, Candidates candidates, MoveBudget budget) {
        // The same allowance is not used twice: what is bought for a change that comes to nothing is not bought.
        Buying buying = new Buying(state, supply.group(), supply.provider(), cluster, HostChange.MAX_HOSTS, now);
        for (Change.Starting host : change.starting()) {
            Catalogue.Choice choice = candidates.catalogue().get(host.offer());
            if (buying.isFull()
                    || buying.allowance.left(choice.type()) == 0
                    || !buying.allowance.allows(choice.price())) return Optional.empty();
            Catalogue.buy(
                    buying,
                    choice,
                    "instead/" + change.going().get(0),
                    told(change),
                    "the cheapest arrangement of the tasks that move");
        }
        List<Task> moved = going.stream()
                .flatMap(host -> Candidates.tasksOn(state, host).stream())
                .toList();
        boolean good = budget.mayMove(moved)
                && new AfterChange(state, cluster, going, buying.hosts(), moved, budget, now).holds(supplies);
        if (!good) return Optional.empty();
        HostChange begun = new HostChange(
                List.copyOf(new TreeSet<>(going)),
                buying.hosts().stream().map(ProvisionedHost::id).toList(),
                change.savedMicrosPerHour());
        changes.begin(begun, buying.hosts());
        return Optional.of(begun);
    }

    private static String told(Change change) {
        return "tasks of " + (change.going().size() == 1 ? "host " : "hosts ") + String.join(", ", change.going())
                + ", which saves " + Money.perHour(change.savedMicrosPerHour());
    }
}
