package io.staithe.core.rebalance;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.RebalancingStatus;
import io.staithe.core.model.RebalancingStatus.CalledOff;
import io.staithe.core.model.RebalancingStatus.HeldBack;
import io.staithe.core.model.RebalancingStatus.Move;
import io.staithe.core.model.Relocation;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.scheduler.Fleets;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One look at a cluster. What it begins brings it back for the next. */
final class Look {
    /** With their replacements they fit a commit. */
    private static final int MAX_MOVES_PER_PLAN = 20;

    private final ClusterState state;
    private final Cluster cluster;
    private final Rebalancing rebalancing;
    private final RebalancingStatus before;
    private final List<Move> underWay;
    private final Fleets fleets;
    private final Instant now;
    private final Plan.Builder plan = new Plan.Builder();
    private final List<Move> moves;
    private List<HeldBack> heldBack;
    private List<CalledOff> calledOff;

    Look(ClusterState state, Cluster cluster, Fleets fleets, Instant now) {
        this.state = state;
        this.cluster = cluster;
        this.rebalancing = cluster.rebalancingOrDefault();
        this.fleets = fleets;
        this.now = now;
        before = state.rebalancing(cluster.name()).orElse(RebalancingStatus.none(cluster.name()));
        underWay = before.moves().stream().filter(this::isUnderWay).toList();
        moves = new ArrayList<>(before.moves());
        heldBack = before.heldBack();
        calledOff = before.calledOff();
    }

    Plan plan() {
        callOff();
        boolean mayBegin = plan.isEmpty()
                && rebalancing.enabled()
                && state.waitingTasks(cluster.name()).isEmpty();
        if (mayBegin) find();
        if (!rebalancing.enabled()) heldBack = List.of();
        remember();
        return plan.build();
    }

    private void callOff() {
        for (Move move : underWay) {
            Task task = state.task(move.task()).filter(Task::isActive).orElse(null);
            if (task == null) continue;
            Optional<CallOff> callOff = CallOff.of(state, task, now);
            if (callOff.isPresent()) callOff(move, task, callOff.get());
            else plan.wakeAt(CallOff.deadline(state, task));
        }
    }

    private void callOff(Move move, Task task, CallOff callOff) {
        plan.update(state, task.but().relocation(null).build());
        String message = "(service " + move.service().name() + ") does not move task " + task.id() + " after all: "
                + callOff.why() + ".";
        plan.because(new Reason(task.key(), task.service(), task.id(), "SERVICE_REBALANCING_STOPPED", message));
        if (callOff.failed()) calledOff = CallOff.after(calledOff, move.service(), now);
    }

    private void find() {
        Limits limits = new Limits(rebalancing, before, underWay, now);
        Movable movable = new Movable(rebalancing, now);
        Trial base = new Trial(state, cluster.name(), fleets, now);
        ZoneBalance balance = new ZoneBalance(base, limits, movable, now);
        List<Finding> findings = new ArrayList<>();
        List<HeldBack> notLookedAt = new ArrayList<>();
        for (Service service : state.servicesOf(cluster.name()).toList()) {
            if (!SteadyService.balancesZones(service) || !balance.isUneven(service)) continue;
            Optional<SteadyService> steady = SteadyService.of(state, service);
            steady.flatMap(balance::find).ifPresent(findings::add);
            if (steady.isEmpty()) known(Held.name(service)).forEach(notLookedAt::add);
        }
        if (rebalancing.defragment()) findings.addAll(new Emptying(base, cluster.name(), limits, movable, now).find());
        if (limits.isAnyUnderWay())
            before.heldBack().stream()
                    .filter(held -> held.about().startsWith("host "))
                    .forEach(notLookedAt::add);
        findings.stream()
                .flatMap(finding -> finding instanceof Proposal proposal ? Stream.of(proposal) : Stream.empty())
                .min(Proposal.BEST_FIRST)
                .ifPresent(this::begin);
        hold(findings, notLookedAt);
    }

    private void begin(Proposal proposal) {
        plan.guard(state, cluster.key());
        proposal.moves().stream()
                .limit(MAX_MOVES_PER_PLAN)
                .map(Relocated::service)
                .distinct()
                .forEach(service -> plan.guard(state, service.key()));
        moves.removeIf(move -> !Limits.isWithinAnHour(move, now) && !isUnderWay(move));
        proposal.moves().stream().limit(MAX_MOVES_PER_PLAN).forEach(move -> {
            Task task = move.task();
            plan.update(
                    state,
                    task.but().relocation(new Relocation(move.better(), now)).build());
            plan.because(new Reason(
                    task.key(),
                    move.service().id(),
                    task.id(),
                    proposal.code(),
                    "(service " + move.service().name() + ") moves task " + task.id() + " from host "
                            + move.from().hostName() + " to " + move.to().hostName() + ": " + move.better() + "."));
            moves.add(new Move(task.id(), move.service().id(), now));
        });
    }

    /** Says of each thing that is held back why, once for as long as the reason is the same. */
    private void hold(List<Finding> findings, List<HeldBack> notLookedAt) {
        List<HeldBack> after = new ArrayList<>();
        for (Finding finding : findings) {
            if (!(finding instanceof Held held)) continue;
            plan.wakeAt(held.why().until());
            if (after.size() == RebalancingStatus.MAX_HELD_BACK) continue;
            after.add(held.told());
            boolean said = known(held.name())
                    .anyMatch(known -> known.code().equals(held.why().code().name()));
            if (!said) plan.because(held.reason());
        }
        notLookedAt.stream()
                .limit(RebalancingStatus.MAX_HELD_BACK - after.size())
                .forEach(after::add);
        heldBack = after;
    }

    private void remember() {
        RebalancingStatus after = new RebalancingStatus(cluster.name(), moves, heldBack, calledOff);
        if (!after.equals(before)) plan.add(Change.put(after, state.revisionOf(after.key())));
    }

    private Stream<HeldBack> known(String about) {
        return before.heldBack().stream().filter(held -> held.about().equals(about));
    }

    private boolean isUnderWay(Move move) {
        return state.task(move.task())
                .filter(task -> !task.isStopped() && task.relocation() != null)
                .isPresent();
    }
}
