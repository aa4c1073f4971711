package io.staithe.simulation;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.model.TargetHealth;
import io.staithe.loadbalancer.EdgeAction;
import io.staithe.loadbalancer.EdgeLoop;
import io.staithe.loadbalancer.FakeTraffic;
import io.staithe.loadbalancer.Outcome;
import io.staithe.loadbalancer.ServerName;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** The traffic side of an edge host: the real {@link EdgeLoop} over a proxy in memory that outlives the agent. */
final class Edge {
    private final Host host;
    private final Network network;
    private final Timeline timeline;
    private final Chance chance;
    private final Journal journal;
    private final FakeTraffic proxy;
    private EdgeLoop loop;
    private int life;
    private Map<String, TargetHealth> reported = Map.of();
    private Set<Network.Endpoint> answered = Set.of();

    Edge(Host host, Network network, Timeline timeline, Chance chance, Journal journal) {
        this.host = host;
        this.network = network;
        this.timeline = timeline;
        this.chance = chance;
        this.journal = journal;
        this.proxy = new FakeTraffic(timeline::now);
        this.loop = new EdgeLoop(host.id, proxy::fingerprint);
    }

    /** Knows nothing of its former life: what to carry it is told, how the proxy is it sees a moment later. */
    void start() {
        life++;
        loop = new EdgeLoop(host.id, proxy::fingerprint);
        reported = Map.of();
        int current = life;
        timeline.after(chance.millis(5, 150), () -> observe(current));
    }

    void desired(RoutingTable to) {
        loop.desired(to);
    }

    /** The proxy's process ends; the agent starts it again. */
    void crash() {
        journal.write(host.name + " proxy crashes");
        proxy.crash();
    }

    Optional<List<TargetHealth>> health() {
        return loop.health();
    }

    /** The servers that would get a request now. */
    Set<ServerName> usable() {
        look();
        return proxy.usable();
    }

    /** The proxy sees what answers now. */
    private void look() {
        Set<Network.Endpoint> answering = network.answering();
        for (Network.Endpoint gone : answered)
            if (!answering.contains(gone)) proxy.backend(gone.address(), gone.port(), FakeTraffic.Backend.DEAD);
        for (Network.Endpoint there : answering)
            if (!answered.contains(there)) proxy.backend(there.address(), there.port(), FakeTraffic.Backend.ANSWERS);
        answered = answering;
    }

    private void observe(int inLife) {
        if (life != inLife || !host.isUp()) return;
        look();
        Instant now = timeline.now();
        try {
            loop.observed(proxy.observe(), now);
        } catch (IOException silent) {
            loop.unobserved(now);
        }
        act(inLife, new ArrayDeque<>(loop.next(now)));
    }

    /** One after the other; then another look, at once if something was done. */
    private void act(int inLife, Queue<EdgeAction> actions) {
        if (life != inLife || !host.isUp()) return;
        report();
        EdgeAction action = actions.poll();
        if (action == null) {
            timeline.at(loop.wakeAt(), () -> observe(inLife));
            return;
        }
        timeline.after(chance.millis(1, 5), () -> {
            if (life != inLife) return;
            Outcome outcome = proxy.act(action);
            loop.completed(action, outcome, timeline.now());
            act(inLife, actions);
        });
    }

    private void report() {
        Map<String, TargetHealth> current = new LinkedHashMap<>();
        loop.health().orElse(List.of()).forEach(health -> current.put(health.target(), health));
        List<TargetHealth> changed = current.values().stream()
                .filter(health -> !health.equals(reported.get(health.target())))
                .toList();
        List<String> removed = reported.keySet().stream()
                .filter(id -> !current.containsKey(id))
                .toList();
        reported = current;
        if (!changed.isEmpty() || !removed.isEmpty()) host.reportTargets(changed, removed);
    }
}
