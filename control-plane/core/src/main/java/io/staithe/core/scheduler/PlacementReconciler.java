package io.staithe.core.scheduler;

import io.staithe.core.control.Reconciler;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.model.PlacementReport;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Places the tasks of a cluster that wait for a host, in the order of the queue; or says why they wait. */
public final class PlacementReconciler implements Reconciler {
    private final Fleets fleets = new Fleets();

    @Override
    public String name() {
        return "placement";
    }

    /** A task that waits, a host that changes, and a task that gives back what it held. */
    @Override
    public Stream<Key> concerned(Entity entity, ClusterState state) {
        if (entity instanceof Task task && (task.instance() == null || task.isStopped()))
            return Stream.of(Key.cluster(task.cluster()));
        if (entity instanceof ContainerInstance host) return Stream.of(Key.cluster(host.cluster()));
        if (entity instanceof AgentSession session)
            return state.instance(session.instance()).map(ContainerInstance::cluster).stream()
                    .map(Key::cluster);
        return Stream.empty();
    }

    @Override
    public Plan reconcile(ClusterState state, Key key, Instant now) {
        Collection<Task> waiting = state.waitingTasks(key.id());
        if (waiting.isEmpty()) return Plan.NOTHING;
        Fleet fleet = fleets.at(state, key.id());
        Decisions decisions = new Decisions(state, now);
        Map<Demand, PlacementReport> refused = new HashMap<>();
        for (Task task : waiting) {
            if (decisions.isFull()) break;
            Demand demand =
                    Demand.of(task, state.taskDefinition(task.taskDefinition()).orElse(null));
            PlacementReport known = refused.get(demand);
            if (known != null) {
                decisions.refuse(task, known);
                continue;
            }
            Placement placement = Scheduler.place(demand, Scheduler.chance(task), fleet);
            if (placement instanceof Placement.On on) {
                fleet.take(on);
                decisions.place(task, on);
            } else {
                PlacementReport why = placement.why();
                if (!demand.gainsFromOthers()) refused.put(demand, why);
                decisions.refuse(task, why);
            }
        }
        return decisions.plan();
    }
}
