package io.staithe.simulation;

import io.staithe.agent.task.Action;
import io.staithe.core.assignment.HostAssignment;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import io.staithe.core.state.ClusterState;
import io.staithe.core.store.Event;

/** The invariants of what edge hosts carry and say. */
final class TrafficCheckers {
    private final FaultyStore store;
    private final Network network;
    private final Schedule schedule;

    TrafficCheckers(FaultyStore store, Network network, Schedule schedule) {
        this.store = store;
        this.network = network;
        this.schedule = schedule;
    }

    /** What an edge host said of a target that it is asked to have, it may say anew, but not take back. */
    void keepsWhatEdgesSaid(ClusterState before, ClusterState after, Event.Update update) {
        if (update.entity() != null || update.key().kind() != Kind.TARGET_HEALTH) return;
        TargetHealth said = before.get(update.key(), TargetHealth.class).orElseThrow();
        ContainerInstance edge = after.instance(said.edge()).orElse(null);
        if (edge == null || !isAskedToHave(after, edge, said.target())) return;
        throw new Violation("what edge hosts said is kept", edge.hostName() + " takes back " + said.target());
    }

    private static boolean isAskedToHave(ClusterState state, ContainerInstance edge, String target) {
        return HostAssignment.of(state, edge).routing().targets().stream()
                .anyMatch(asked -> asked.id().equals(target));
    }

    /** An agent is about to do something. */
    void begins(Host host, Action action) {
        if (action instanceof Action.Stop stop) noTrafficToWhatWeStop(host, stop);
    }

    /** Its targets have left the load balancer, or had the time to. */
    private void noTrafficToWhatWeStop(Host host, Action.Stop stop) {
        Task task = store.state().task(stop.task()).orElse(null);
        if (task == null || task.loadBalancers().isEmpty() || task.stoppingAt() == null || task.isStopped()) return;
        int delay = store.state()
                .get(Key.targetGroup(task.loadBalancers().get(0).targetGroup()), TargetGroup.class)
                .map(TargetGroup::deregistrationDelay)
                .orElse(0);
        if (!schedule.now().isBefore(task.stoppingAt().plusSeconds(delay))) return;
        for (Host edge : network.hosts)
            if (edge.edge != null && isThere(edge) && sendsTo(edge.edge, stop.task()) && runs(host, stop))
                throw new Violation(
                        "no traffic to what we stop", stop.task() + " still gets requests from " + edge.name);
    }

    /** As the control plane sees it too: one that was lost and is back is told first what to drain. */
    private boolean isThere(Host edge) {
        return edge.isConnected()
                && store.state()
                        .instance(edge.id)
                        .filter(ContainerInstance::isConnected)
                        .isPresent();
    }

    private static boolean sendsTo(Edge edge, TaskId task) {
        return edge.usable().stream().anyMatch(server -> server.task().equals(task));
    }

    private static boolean runs(Host host, Action.Stop stop) {
        return host.containers().stream().anyMatch(c -> c.id().equals(stop.id()) && c.isAlive());
    }
}
