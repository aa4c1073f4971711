package io.staithe.simulation;

import io.staithe.agent.container.fake.FakeRegistry;
import io.staithe.agent.container.fake.Signal;
import io.staithe.agent.task.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Which hosts and control plane processes there are, how they reach each other, and whom hosts fetch images from. */
final class Network {
    static final String TOKEN = "hash-of-the-join-token";

    final FakeRegistry registry = new FakeRegistry();
    final List<Host> hosts = new ArrayList<>();
    final List<ControlPlane> controlPlanes = new ArrayList<>();
    private final Timeline timeline;
    private final Chance chance;
    private final List<Witness> witnesses = new ArrayList<>();
    private long sessions;

    Network(Timeline timeline, Chance chance) {
        this.timeline = timeline;
        this.chance = chance;
    }

    /** Who is told of what agents and engines do. */
    interface Witness {
        /** An agent asks its engine for something, which has had no effect yet. */
        default void begins(Host host, Action action) {}

        /** The engine has done it, or refused. */
        default void ended(Host host, Action action) {}

        /** The engine has sent this to a container because it was asked to. */
        default void signalled(Host host, Signal signal) {}
    }

    void watch(Witness witness) {
        witnesses.add(witness);
    }

    void begins(Host host, Action action) {
        witnesses.forEach(witness -> witness.begins(host, action));
    }

    void ended(Host host, Action action) {
        witnesses.forEach(witness -> witness.ended(host, action));
    }

    void signalled(Host host, Signal signal) {
        witnesses.forEach(witness -> witness.signalled(host, signal));
    }

    Optional<Host> host(String name) {
        return hosts.stream().filter(host -> host.name.equals(name)).findFirst();
    }

    /** A stream to some control plane process that answers; empty when none can be reached. */
    Optional<Link> connect(Host host) {
        List<ControlPlane> answering =
                controlPlanes.stream().filter(ControlPlane::accepts).toList();
        if (host.isCutOff() || answering.isEmpty()) return Optional.empty();
        return Optional.of(new Link(++sessions, host, chance.pick(answering), timeline, chance));
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
