package io.staithe.bench;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementReport;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Task;
import io.staithe.core.scheduler.Demand;
import io.staithe.core.scheduler.Fleet;
import io.staithe.core.scheduler.Host;
import io.staithe.core.scheduler.Placement;
import io.staithe.core.scheduler.Scheduler;
import io.staithe.core.state.ClusterState;
import io.staithe.core.workload.Packing;
import io.staithe.core.workload.SimulatedCluster;
import io.staithe.core.workload.TaskShape;
import io.staithe.core.workload.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Staithe's scheduler, as the placement planner calls it, on the state of a cluster. */
final class Staithe implements Contender {
    private final boolean explains;
    private final PlacementStrategy[] strategies;
    private final List<Task> tasks = new ArrayList<>();
    /** By task; the tasks of a service share one, as its questions are kept by it. */
    private final List<Demand> demands = new ArrayList<>();

    private ClusterState state = ClusterState.of(1, List.of());
    private Fleet fleet = Fleet.of(state, World.CLUSTER);
    private @Nullable Host[] on = {};
    private @Nullable PlacementReport[] why = {};

    private Staithe(boolean explains, PlacementStrategy... strategies) {
        this.explains = explains;
        this.strategies = strategies;
    }

    /** @param strategies none: spread over Availability Zones, then over hosts */
    static Staithe deciding(PlacementStrategy... strategies) {
        return new Staithe(false, strategies);
    }

    /** Keeps why, of every task. */
    static Staithe explaining(PlacementStrategy... strategies) {
        return new Staithe(true, strategies);
    }

    @Override
    public void open(Workload workload) {
        Map<Demand, Demand> known = new HashMap<>();
        for (TaskShape shape : workload.tasks()) {
            Task task = task(tasks.size(), shape);
            Demand demand = Demand.of(task, null);
            tasks.add(task);
            demands.add(known.computeIfAbsent(demand, same -> demand));
        }
        state = SimulatedCluster.of(workload.hosts());
        fleet = Fleet.of(state, World.CLUSTER);
        empty();
    }

    @Override
    public void empty() {
        fleet.follow(state.loadsOf(World.CLUSTER));
        on = new Host[tasks.size()];
        why = new PlacementReport[tasks.size()];
    }

    @Override
    public boolean place(int task) {
        on[task] = explains ? decideAndSayWhy(task) : decide(task);
        return on[task] != null;
    }

    private @Nullable Host decide(int task) {
        Demand demand = demands.get(task);
        Host host = fleet.choose(demand, task);
        if (host != null) fleet.take(host, demand);
        return host;
    }

    private @Nullable Host decideAndSayWhy(int task) {
        Placement placement = Scheduler.place(tasks.get(task), null, fleet);
        why[task] = placement.why();
        if (!(placement instanceof Placement.On decision)) return null;
        fleet.take(decision);
        return decision.host();
    }

    @Override
    public int[] hostOf() {
        int[] hostOf = Packing.nowhere(on.length);
        for (int task = 0; task < on.length; task++) {
            Host host = on[task];
            if (host != null) hostOf[task] = SimulatedCluster.number(host.instance());
        }
        return hostOf;
    }

    @Override
    public boolean keepsRules() {
        return true;
    }

    @Override
    public void close() {}

    private Task task(int number, TaskShape shape) {
        GivenTask task = GivenTask.task(number)
                .group(group(shape.group()))
                .needs(shape.cpu(), shape.memory(), shape.gpus())
                .constraints(constraints(shape))
                .strategy(strategies);
        if (shape.port() != TaskShape.NONE) task.ports(new HostPort("tcp", shape.port()));
        return task.build();
    }

    private static String group(int number) {
        return "service:s" + number;
    }

    private static List<PlacementConstraint> constraints(TaskShape shape) {
        List<PlacementConstraint> constraints = new ArrayList<>();
        shape.attributes()
                .forEach((name, values) ->
                        constraints.add(memberOf("attribute:" + name + " in [" + String.join(", ", values) + "]")));
        if (shape.apartFrom() != TaskShape.NONE)
            constraints.add(memberOf("not(task:group == " + group(shape.apartFrom()) + ")"));
        return constraints;
    }

    private static PlacementConstraint memberOf(String expression) {
        return new PlacementConstraint("memberOf", expression);
    }
}
