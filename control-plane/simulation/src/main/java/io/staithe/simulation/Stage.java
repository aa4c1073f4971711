package io.staithe.simulation;

import io.staithe.core.model.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Everything that takes part in a run, wired together; what happens to it is the run's own affair. */
final class Stage {
    private static final int MAX_STEPS = 5_000_000;
    private static final Resources HOST_SIZE = new Resources(2048, 1024, 0);

    final Timeline timeline = new Timeline();
    final Journal journal = new Journal(timeline);
    final Chance chance;
    final FaultyStore store;
    final Network network;
    final User user;
    final Errands errands;
    final Cloud cloud;
    private final Checkers checkers;
    private final CapacityCheckers capacity;
    private long steps;

    Stage(long seed) {
        chance = new Chance(seed);
        store = new FaultyStore(timeline, chance, journal);
        network = new Network(timeline, chance);
        user = new User(store, timeline, journal);
        errands = new Errands(store, timeline, journal);
        cloud = new Cloud(network, timeline, chance, journal);
        checkers = new Checkers(store, network, timeline);
        capacity = new CapacityCheckers(store, cloud, timeline);
    }

    /** @param edges how many of the hosts carry traffic */
    void setUp(int controlPlanes, int hosts, int edges) {
        user.setUp();
        checkers.watch();
        for (int i = 1; i <= controlPlanes; i++)
            network.controlPlanes.add(new ControlPlane("cp" + i, store, cloud, timeline, chance, journal));
        for (int i = 1; i <= hosts; i++)
            network.hosts.add(new Host(i, i <= edges, HOST_SIZE, network, timeline, chance, journal));
        network.controlPlanes.forEach(ControlPlane::start);
        network.hosts.forEach(host -> timeline.after(chance.millis(0, 2_000), host::start));
        lookEverySecond();
    }

    private void lookEverySecond() {
        checkers.look();
        capacity.look();
        timeline.after(Duration.ofSeconds(1), this::lookEverySecond);
    }

    /** Lets time pass. */
    void runUntil(Instant until) {
        while (timeline.step(until))
            if (++steps > MAX_STEPS) throw new Violation("comes to rest", MAX_STEPS + " steps");
    }

    void pass(Duration time) {
        runUntil(timeline.now().plus(time));
    }

    /** The first thing that is not as the user asked; empty: all is. */
    Optional<String> firstDifference() {
        return new Convergence(store.state(), network)
                .firstDifference(user.wanted())
                .or(() -> DaemonCheckers.firstDifference(store.state(), user.daemons()))
                .or(capacity::firstDifference)
                .or(() -> JobCheckers.firstDifference(store.state(), timeline.now()))
                .or(checkers::firstDifference);
    }

    long steps() {
        return steps;
    }
}
