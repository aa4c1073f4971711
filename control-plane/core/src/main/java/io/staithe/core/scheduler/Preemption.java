package io.staithe.core.scheduler;

import io.staithe.core.model.HostPort;
import io.staithe.core.model.PlacementReport;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes room for tasks with a priority that no host takes: on the host with the least disruption, tasks of lower priority are to
 * stop. The one that waits is nominated for that host and keeps being so while that helps, so that nobody is stopped twice.
 */
final class Preemption {
    /** For one task, or one gang. */
    static final int MAX_VICTIMS = 16;

    private final Fleet fleet;
    private final Promises promises;
    private final Victims victims;

    Preemption(ClusterState state, Fleet fleet, Instant now) {
        this.fleet = fleet;
        this.promises = new Promises(state, fleet);
        this.victims = new Victims(state, now);
    }

    /** How many tasks are to stop because of what was decided so far. */
    int victims() {
        return victims.chosen().tasks().size();
    }

    /** See {@link Victims#moreAt}. */
    @Nullable
    Instant moreAt() {
        return victims.moreAt();
    }

    /** Whether tasks of lower priority were left alone because they are protected or their service has lost enough. */
    boolean spared() {
        return victims.spared();
    }

    /** The task keeps the room that is made for it, if that still helps. */
    boolean keep(Task task, Demand demand) {
        Optional<Host> host = nomination(task, demand);
        host.ifPresent(there -> promises.promise(there, demand));
        return host.isPresent();
    }

    /**
     * Promises each task of a lot a host.
     *
     * @param refusal why they have to wait
     * @return empty, and nothing is changed, where one of them has no priority or no host could be cleared for it
     */
    List<Placement> makeWay(Lot lot, Placement.Nowhere refusal) {
        int mark = fleet.mark();
        Promises.Kept kept = promises.kept();
        Victims.Chosen chosen = victims.chosen();
        List<Placement> answers = new ArrayList<>();
        for (int i = 0; i < lot.tasks().size(); i++) {
            Eviction eviction = find(lot.tasks().get(i), lot.demands().get(i));
            if (eviction == null
                    || victims() + eviction.victims().size() - chosen.tasks().size() > MAX_VICTIMS) {
                fleet.backTo(mark);
                promises.backTo(kept);
                victims.backTo(chosen);
                return List.of();
            }
            victims.choose(eviction.victims());
            eviction.victims().forEach(victim -> promises.leaves(eviction.host(), victim));
            promises.promise(eviction.host(), lot.demands().get(i));
            answers.add(new Placement.Later(eviction.host(), eviction.victims(), why(eviction.host(), refusal)));
        }
        return answers;
    }

    private @Nullable Eviction find(Task task, Demand demand) {
        if (task.policy().priority() == 0) return null;
        Optional<Host> nomination = nomination(task, demand);
        if (nomination.isPresent()) return new Eviction(nomination.get(), List.of());
        // One of a gang may fit as it is, and waits for the others.
        Host free = fleet.choose(demand, Scheduler.chance(task), new int[0]);
        if (free != null && promises.fits(free, demand, List.of())) return new Eviction(free, List.of());
        return leastDisrupting(demand, task.policy().priority());
    }

    private Optional<Host> nomination(Task task, Demand demand) {
        return Optional.ofNullable(task.nominatedInstance())
                .flatMap(fleet::host)
                .filter(host -> promises.fits(host, demand, List.of()));
    }

    private @Nullable Eviction leastDisrupting(Demand demand, int priority) {
        Question question = fleet.ask(demand);
        Eviction best = null;
        for (Host host : fleet.hosts().toList()) {
            if (question.verdictOn(host.hostClass()) != Question.ALLOWED) continue;
            List<Task> fewest = fewest(host, demand, victims.on(host, priority, demand.group()));
            if (fewest == null || fewest.size() > MAX_VICTIMS) continue;
            Eviction eviction = new Eviction(host, fewest);
            boolean better = best == null || Eviction.LEAST_FIRST.compare(eviction, best) < 0;
            if (better && promises.fits(host, demand, fewest)) best = eviction;
        }
        return best;
    }

    /** From all that may stop on the host, those that must: the ones that are missed most are spared first. */
    private @Nullable List<Task> fewest(Host host, Demand demand, List<Task> candidates) {
        Promises.Leaving leaving = promises.on(host);
        Resources room = host.free().plus(leaving.room());
        for (Task candidate : candidates) room = room.plus(candidate.reserved());
        if (!demand.need().fitsIn(room)) return null;
        Set<HostPort> needed = demand.ports().stream()
                .filter(port -> !host.isFree(port) && !leaving.ports().contains(port))
                .collect(Collectors.toSet());
        List<Task> fewest = new ArrayList<>(candidates);
        for (int last = candidates.size() - 1; last >= 0; last--) {
            Task candidate = candidates.get(last);
            Resources without = room.minus(candidate.reserved());
            boolean blocks = candidate.hostPorts().stream().anyMatch(needed::contains);
            if (blocks || !demand.need().fitsIn(without)) continue;
            fewest.remove(last);
            room = without;
        }
        return fewest;
    }

    private PlacementReport why(Host host, Placement.Nowhere refusal) {
        List<Task> leaving = promises.on(host).tasks();
        boolean lower = leaving.stream().allMatch(task -> task.isActive() || task.isPreempted());
        String name = host.instance().hostName();
        String summary = leaving.isEmpty()
                ? "keeps room on host " + name + " until all fit that are placed together"
                : "waits for " + leaving.size() + (leaving.size() == 1 ? " task" : " tasks")
                        + (lower ? " of lower priority" : "") + " to stop on host " + name;
        return refusal.saying(summary).why();
    }
}
