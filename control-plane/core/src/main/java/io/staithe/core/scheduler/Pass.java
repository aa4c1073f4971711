package io.staithe.core.scheduler;

import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One pass down a cluster's queue, over the hosts as they will be once what it has decided so far is done. */
final class Pass {
    private final ClusterState state;
    private final Fleet fleet;
    /** What was refused, by what was asked: for equal tasks, further down, the answer is the same. */
    private final Map<List<Demand>, Placement.Nowhere> refused = new HashMap<>();

    /** @param fleet the cluster's hosts as they are in {@code state} */
    Pass(ClusterState state, Fleet fleet) {
        this.state = state;
        this.fleet = fleet;
    }

    /**
     * Decides about tasks that are placed all or none, and takes what they get.
     *
     * @param together one, or the members of a gang
     * @return a decision for each, in their order
     */
    List<Placement> decide(List<Task> together) {
        List<Demand> demands = together.stream().map(this::demand).toList();
        Placement.Nowhere known = refused.get(demands);
        if (known != null) return all(together, known);
        int mark = fleet.mark();
        List<Placement> placements = new ArrayList<>();
        for (int i = 0; i < together.size(); i++) {
            Placement placement = Scheduler.place(demands.get(i), Scheduler.chance(together.get(i)), fleet);
            if (placement instanceof Placement.Nowhere nowhere) {
                fleet.backTo(mark);
                Placement.Nowhere answer = together.size() == 1 ? nowhere : gangRefused(i, together.size(), nowhere);
                if (demands.stream().noneMatch(Demand::gainsFromOthers)) refused.put(demands, answer);
                return all(together, answer);
            }
            if (placement instanceof Placement.On on) fleet.take(on);
            placements.add(placement);
        }
        return placements;
    }

    private static Placement.Nowhere gangRefused(int fit, int size, Placement.Nowhere next) {
        return next.saying("only " + fit + " of " + size + " tasks fit that are placed all or none; for the next, "
                + next.why().summary());
    }

    private static List<Placement> all(List<Task> together, Placement answer) {
        return Collections.nCopies(together.size(), answer);
    }

    private Demand demand(Task task) {
        return Demand.of(task, state.taskDefinition(task.taskDefinition()).orElse(null));
    }
}
