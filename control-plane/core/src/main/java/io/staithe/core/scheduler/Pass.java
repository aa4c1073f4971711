package io.staithe.core.scheduler;

import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One pass down a cluster's queue, over the hosts as they will be once what it has decided so far is done. Tasks must come in
 * the order of the queue. Not thread-safe.
 */
public final class Pass {
    private static final String SPARED =
            "; tasks of lower priority are protected, or their services have made room for as many as they may";

    private final ClusterState state;
    private final Fleet fleet;
    private final Headroom headroom;
    private final Preemption preemption;
    /** What was refused, by what was asked: for equal tasks, further down, the answer is the same. */
    private final Map<List<Demand>, Placement.Nowhere> refused = new HashMap<>();

    /** @param fleet the cluster's hosts as they are in {@code state} */
    public Pass(ClusterState state, String cluster, Fleet fleet, Instant now) {
        this.state = state;
        this.fleet = fleet;
        this.headroom = new Headroom(state, cluster, fleet);
        this.preemption = new Preemption(state, fleet, now);
    }

    /** For a task at the end of the queue: room that is being made for those before it stays theirs. */
    public void keepPromises(Collection<Task> waiting, int priority) {
        for (Task task : waiting)
            if (task.nominatedInstance() != null && task.policy().priority() >= priority)
                preemption.keep(task, Lot.demand(task, state));
    }

    /** How many tasks are to stop because of what was decided so far. */
    int victims() {
        return preemption.victims();
    }

    /** When time alone may let a task preempt others that could not; absent: never. */
    @Nullable
    Instant lookAgainAt() {
        return preemption.moreAt();
    }

    /**
     * Decides about tasks that are placed all or none, and takes what they get.
     *
     * @param together one, or the members of a gang
     * @return a decision for each, in their order
     */
    public List<Placement> decide(List<Task> together) {
        Lot lot = Lot.of(together, state);
        Placement.Nowhere known = refused.get(lot.demands());
        if (known != null) return lot.all(known);
        headroom.facing(together.get(0));
        Lot.Attempt attempt = lot.placeIn(fleet);
        if (attempt.next() != null && headroom.isTaken()) attempt = withHeadroomElsewhere(lot, attempt);
        if (attempt.next() == null) return List.copyOf(attempt.placed());
        Placement.Nowhere refusal = lot.refusal(attempt.placed().size(), attempt.next());
        List<Placement> later = preemption.makeWay(lot, refusal);
        if (!later.isEmpty()) return later;
        if (preemption.spared()) refusal = refusal.saying(refusal.why().summary() + SPARED);
        if (!lot.gainFromOthers()) refused.put(lot.demands(), refusal);
        return lot.all(refusal);
    }

    /** Room that is kept for others need not be where it is: tasks get it if as much can be kept on other hosts. */
    private Lot.Attempt withHeadroomElsewhere(Lot lot, Lot.Attempt failed) {
        int mark = fleet.mark();
        Headroom.Taken before = headroom.taken();
        headroom.open();
        int open = fleet.mark();
        Lot.Attempt attempt = lot.placeIn(fleet);
        if (attempt.next() == null && headroom.takeAgain(before)) return attempt;
        fleet.backTo(open);
        int fit = failed.placed().size();
        Lot.Attempt answer = attempt.next() != null
                ? failed
                : new Lot.Attempt(
                        failed.placed(),
                        keptFree(
                                lot.demands().get(fit),
                                attempt.placed().get(fit).host(),
                                before));
        fleet.backTo(mark);
        headroom.backTo(before);
        return answer;
    }

    /** Why a demand is refused that {@code host}, and maybe others, would take if no room were kept free on them. */
    private Placement.Nowhere keptFree(Demand demand, Host host, Headroom.Taken taken) {
        List<Refused> refusals = new ArrayList<>(Refusals.of(fleet, fleet.ask(demand)));
        int otherwise = refusals.stream().mapToInt(Refused::hosts).sum();
        String services = String.join(", ", Headroom.names(taken, host));
        Veto veto = Veto.of(Headroom.CODE, "has room that is kept free for more tasks of service " + services);
        refusals.add(0, new Refused(fleet.size() - otherwise, host, veto));
        return Placement.Nowhere.of(fleet.size(), refusals);
    }
}
