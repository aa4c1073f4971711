package io.staithe.core.scheduler;

import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tasks that are placed all or none: a gang, or a task alone. */
record Lot(List<Task> tasks, List<Demand> demands) {
    /**
     * How placing one after the other went.
     *
     * @param placed those that fit: the room is taken if all do
     * @param next why the next does not fit; absent: all do
     */
    record Attempt(List<Placement.On> placed, Placement.@Nullable Nowhere next) {}

    static Lot of(List<Task> tasks, ClusterState state) {
        return new Lot(tasks, tasks.stream().map(task -> demand(task, state)).toList());
    }

    static Demand demand(Task task, ClusterState state) {
        return Demand.of(task, state.taskDefinition(task.taskDefinition()).orElse(null));
    }

    Attempt placeIn(Fleet fleet) {
        int mark = fleet.mark();
        List<Placement.On> placed = new ArrayList<>();
        for (int i = 0; i < tasks.size(); i++) {
            Placement placement = Scheduler.place(demands.get(i), Scheduler.chance(tasks.get(i)), fleet);
            if (placement instanceof Placement.Nowhere nowhere) {
                fleet.backTo(mark);
                return new Attempt(placed, nowhere);
            }
            if (placement instanceof Placement.On on) {
                fleet.take(on);
                placed.add(on);
            }
        }
        return new Attempt(placed, null);
    }

    /** What all of them are told when so many fit, and the next does not. */
    Placement.Nowhere refusal(int fit, Placement.Nowhere next) {
        if (tasks.size() == 1) return next;
        return next.saying(
                "only " + fit + " of " + tasks.size() + " tasks fit that are placed all or none; for the next, "
                        + next.why().summary());
    }

    List<Placement> all(Placement answer) {
        return Collections.nCopies(tasks.size(), answer);
    }

    /** Whether what is placed further up the queue can make them fit. */
    boolean gainFromOthers() {
        return demands.stream().anyMatch(Demand::gainsFromOthers);
    }
}
