package io.staithe.core.scheduler;

import io.staithe.core.model.HostPort;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.pcollections.ConsPStack;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PStack;

/**
 * Room that is not free yet: what tasks leave that are asked to stop, and which waiting task each part of it is promised to.
 * What a promise needs beyond that is held in the working fleet, so that nobody further down the queue takes it.
 */
final class Promises {
    /**
     * What a host's tasks leave that no promise has used up.
     *
     * @param tasks all that leave it
     */
    record Leaving(List<Task> tasks, Resources room, Set<HostPort> ports) {
        Leaving and(Task task) {
            List<Task> more = new ArrayList<>(tasks);
            more.add(task);
            Set<HostPort> morePorts = new TreeSet<>(ports);
            morePorts.addAll(task.hostPorts());
            return new Leaving(more, room.plus(task.reserved()), morePorts);
        }

        Leaving without(Demand demand) {
            Set<HostPort> fewer = new TreeSet<>(ports);
            fewer.removeAll(demand.ports());
            return new Leaving(tasks, room.beyond(demand.need()), fewer);
        }
    }

    private record Promise(Host host, String group) {}

    /** To come back to. */
    record Kept(PMap<InstanceId, Leaving> leaving, PStack<Promise> promises) {}

    private final ClusterState state;
    private final Fleet fleet;
    /** By host, those that were asked about. */
    private PMap<InstanceId, Leaving> leaving = HashTreePMap.empty();

    private PStack<Promise> promises = ConsPStack.empty();

    Promises(ClusterState state, Fleet fleet) {
        this.state = state;
        this.fleet = fleet;
    }

    Kept kept() {
        return new Kept(leaving, promises);
    }

    /** The fleet has gone back to where it was then. */
    void backTo(Kept kept) {
        leaving = kept.leaving;
        promises = kept.promises;
    }

    Leaving on(Host host) {
        InstanceId id = host.instance().id();
        Leaving known = leaving.get(id);
        if (known != null) return known;
        Leaving all = new Leaving(List.of(), Resources.NONE, Set.of());
        for (Task task : state.tasksOn(id)
                .filter(task -> task.holdsResources() && !task.isActive())
                .toList()) all = all.and(task);
        leaving = leaving.plus(id, all);
        return all;
    }

    void leaves(Host host, Task task) {
        leaving = leaving.plus(host.instance().id(), on(host).and(task));
    }

    /** The host keeps the room for this demand: what leaves it is used up first, the rest is held. */
    void promise(Host host, Demand demand) {
        Leaving there = on(host);
        fleet.hold(host, demand.need().beyond(there.room), demand.ports());
        leaving = leaving.plus(host.instance().id(), there.without(demand));
        promises = promises.plus(new Promise(host, demand.group()));
    }

    /** Whether the host takes the demand once all that leave it are gone, and {@code victims} too. */
    boolean fits(Host host, Demand demand, List<Task> victims) {
        Leaving there = on(host);
        Resources room = host.free().plus(there.room);
        Set<HostPort> ports = new TreeSet<>(there.ports);
        for (Task victim : victims) {
            room = room.plus(victim.reserved());
            ports.addAll(victim.hostPorts());
        }
        return demand.need().fitsIn(room)
                && demand.ports().stream().allMatch(port -> host.isFree(port) || ports.contains(port))
                && isAllowed(host, demand, victims);
    }

    /** What rules beside room say of the host as it will be: without those that leave, with those it is promised to. */
    private boolean isAllowed(Host host, Demand demand, List<Task> victims) {
        Question question = fleet.ask(demand);
        if (question.verdictOn(host.hostClass()) != Question.ALLOWED) return false;
        int mark = fleet.mark();
        for (Promise promise : promises) fleet.count(promise.host, promise.group);
        for (Task task : on(host).tasks) fleet.release(host, task);
        for (Task victim : victims) fleet.release(host, victim);
        boolean allowed = question.allows(host) && Rules.SKEW.allows(demand, host);
        fleet.backTo(mark);
        return allowed;
    }
}
