package io.staithe.core.scheduler;

import io.staithe.core.control.Reconciler;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Places the tasks of a cluster that wait for a host, in the order of the queue; or says why they wait. */
public final class PlacementReconciler implements Reconciler {
    /** With this many tasks to stop, and those of the last decision, a plan ends: the next one goes on. */
    private static final int MAX_VICTIMS_PER_PLAN = 10;

    private final Fleets fleets = new Fleets();

    @Override
    public String name() {
        return "placement";
    }

    /**
     * A task that waits, one that gives back what it held, and one that is or was protected; a host that changes; a service, for
     * the room that it keeps and the tasks that it may lose.
     */
    @Override
    public Stream<Key> concerned(Entity entity, ClusterState state) {
        if (entity instanceof Task task
                && (task.instance() == null || task.isStopped() || task.protectedUntil() != null))
            return Stream.of(Key.cluster(task.cluster()));
        if (entity instanceof ContainerInstance host) return Stream.of(Key.cluster(host.cluster()));
        if (entity instanceof Service service) return Stream.of(Key.cluster(service.cluster()));
        if (entity instanceof AgentSession session)
            return state.instance(session.instance()).map(ContainerInstance::cluster).stream()
                    .map(Key::cluster);
        return Stream.empty();
    }

    @Override
    public Plan reconcile(ClusterState state, Key key, Instant now) {
        Collection<Task> waiting = state.waitingTasks(key.id());
        if (waiting.isEmpty()) return Plan.NOTHING;
        Map<Gang, List<Task>> gangs = Gang.among(waiting);
        Pass pass = new Pass(state, key.id(), fleets.at(state, key.id()), now);
        Decisions decisions = new Decisions(state, now);
        for (Task task : waiting) {
            Gang gang = Gang.of(task);
            List<Task> together = gang == null ? List.of(task) : gangs.remove(gang);
            // Decided already, with the first of its gang.
            if (together == null) continue;
            if (!decisions.haveRoomFor(together.size()) || pass.victims() >= MAX_VICTIMS_PER_PLAN) break;
            List<Placement> placements = pass.decide(together);
            for (int i = 0; i < placements.size(); i++) decisions.add(together.get(i), placements.get(i));
        }
        return decisions.plan(pass.lookAgainAt());
    }
}
