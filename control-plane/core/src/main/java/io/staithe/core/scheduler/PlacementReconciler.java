package io.staithe.core.scheduler;

import io.staithe.core.control.Reconciler;
import io.staithe.core.model.AgentSession;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Places the tasks of a cluster that wait for a host, oldest first; or says why they wait. */
public final class PlacementReconciler implements Reconciler {
    /** Decisions in one plan; the rest follows in the next. */
    private static final int MAX_DECISIONS_PER_PLAN = 40;

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
        List<Task> waiting = state.unplacedTasks(key.id())
                .sorted(Comparator.comparing(Task::createdAt).thenComparing(Task::id))
                .toList();
        if (waiting.isEmpty()) return Plan.NOTHING;
        Fleet fleet = fleets.at(state, key.id());
        Plan.Builder plan = new Plan.Builder();
        int decisions = 0;
        for (Task task : waiting) {
            TaskDefinition definition =
                    state.taskDefinition(task.taskDefinition()).orElse(null);
            Placement placement = Scheduler.place(task, definition, fleet);
            if (placement instanceof Placement.Nowhere && placement.why().equals(task.placement())) continue;
            if (decisions++ == MAX_DECISIONS_PER_PLAN) break;
            if (placement instanceof Placement.On on) fleet.take(on);
            decide(state, task, placement, plan, now);
        }
        return plan.build();
    }

    private static void decide(ClusterState state, Task task, Placement placement, Plan.Builder plan, Instant now) {
        if (placement instanceof Placement.On on) {
            plan.update(
                    state,
                    task.but()
                            .placed(on.host().instance().id(), now, on.why())
                            .lastStatus(LastStatus.PENDING)
                            .build());
        } else {
            boolean alreadySaid = task.placement() != null;
            plan.update(state, task.but().placement(placement.why()).build());
            if (!alreadySaid) plan.because(cannotPlace(task, placement));
        }
    }

    private static Reason cannotPlace(Task task, Placement placement) {
        String whose = task.service() == null
                ? "(task " + task.id() + ")"
                : "(service " + task.service().name() + ")";
        return new Reason(
                task.key(),
                task.service(),
                task.id(),
                "SERVICE_TASK_PLACEMENT_FAILURE",
                whose
                        + " was unable to place a task because no container instance met all of its requirements. Reason: "
                        + placement.why().summary());
    }
}
