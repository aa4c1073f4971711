package io.staithe.simulation;

import io.staithe.agent.task.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

/** Which hosts and control plane processes there are, and how they reach each other. */
final class Network {
    static final String TOKEN = "hash-of-the-join-token";

    final List<Host> hosts = new ArrayList<>();
    final List<ControlPlane> controlPlanes = new ArrayList<>();
    private final Schedule schedule;
    private final Chance chance;
    private BiConsumer<Host, Action> watcher = (host, action) -> {};
    private long sessions;

    Network(Schedule schedule, Chance chance) {
        this.schedule = schedule;
        this.chance = chance;
    }

    /** Told of every action that an agent begins, before it has any effect. */
    void watch(BiConsumer<Host, Action> actions) {
        watcher = actions;
    }

    void begins(Host host, Action action) {
        watcher.accept(host, action);
    }

    /** A stream to some control plane process that answers; empty when none can be reached. */
    Optional<Link> connect(Host host) {
        List<ControlPlane> answering =
                controlPlanes.stream().filter(ControlPlane::accepts).toList();
        if (host.isCutOff() || answering.isEmpty()) return Optional.empty();
        return Optional.of(new Link(++sessions, host, chance.pick(answering), schedule, chance));
    }

    /** Where something answers right now. */
    Set<Endpoint> answering() {
        Set<Endpoint> answering = new TreeSet<>();
        for (Host host : hosts) for (int port : host.answering()) answering.add(new Endpoint(host.address, port));
        return answering;
    }

    record Endpoint(String address, int port) implements Comparable<Endpoint> {
        @Override
        public int compareTo(Endpoint other) {
            int byAddress = address.compareTo(other.address);
            return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
        }
    }
}
