package io.staithe.simulation;

import io.staithe.core.assignment.HostAssignment;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Kind;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.ClusterState;
import io.staithe.core.store.Event;
import io.staithe.loadbalancer.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The invariants of what edge hosts carry and say. */
final class TrafficCheckers {
    /** For what is decided to reach an edge host that listens all the time, and its proxy. */
    private static final Duration ARRIVES_WITHIN = Duration.ofSeconds(10);

    private final FaultyStore store;
    private final Network network;
    private final Timeline timeline;
    /** Since when a server gets requests that it should not get, by the edge host. */
    private final Map<String, Map<ServerName, Instant>> wrongSince = new TreeMap<>();

    TrafficCheckers(FaultyStore store, Network network, Timeline timeline) {
        this.store = store;
        this.network = network;
        this.timeline = timeline;
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

    /** Whether an edge host that is there would send this task a request now. */
    boolean sendsTo(Host edge, TaskId task) {
        return edge.edge != null
                && isThere(edge)
                && edge.edge.usable().stream().anyMatch(server -> server.task().equals(task));
    }

    /** As the control plane sees it too: one that was lost and is back is told first what to drain. */
    private boolean isThere(Host edge) {
        return edge.isConnected()
                && store.state()
                        .instance(edge.id)
                        .filter(ContainerInstance::isConnected)
                        .isPresent();
    }

    /** Once a virtual second: what is draining, not ready or over gets no requests, wherever that can be known. */
    void look() {
        for (Host edge : network.hosts) if (edge.edge != null) look(edge, edge.edge);
    }

    private void look(Host host, Edge edge) {
        Instant now = timeline.now();
        if (!host.hears() || !isThere(host)) {
            wrongSince.remove(host.name);
            return;
        }
        Set<ServerName> wrong = edge.usable().stream()
                .filter(server -> !isToServe(server.task()))
                .collect(Collectors.toSet());
        Map<ServerName, Instant> since = wrongSince.computeIfAbsent(host.name, any -> new TreeMap<>());
        since.keySet().retainAll(wrong);
        for (ServerName server : wrong)
            if (since.computeIfAbsent(server, any -> now).plus(ARRIVES_WITHIN).isBefore(now))
                throw new Violation(
                        "requests go only to those who are to get them",
                        server + " gets some from " + host.name + " since " + since.get(server));
    }

    /** Wanted, and as far as its host has said ready. */
    private boolean isToServe(TaskId id) {
        ClusterState state = store.state();
        return state.task(id).filter(Task::isActive).isPresent()
                && state.report(id).flatMap(TaskReport::unready).isEmpty();
    }
}
