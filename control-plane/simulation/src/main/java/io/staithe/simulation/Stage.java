package io.staithe.simulation;

import io.staithe.core.model.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Everything that takes part in a run, wired together; what happens to it is the run's own affair. */
final class Stage {
    private static final int MAX_STEPS = 5_000_000;
    private static final Resources HOST_SIZE = new Resources(2048, 1024, 0);

    final Schedule schedule = new Schedule();
    final Journal journal = new Journal(schedule);
    final Chance chance;
    final FaultyStore store;
    final Network network;
    final User user;
    private final Checkers checkers;
    private long steps;

    Stage(long seed) {
        chance = new Chance(seed);
        store = new FaultyStore(schedule, chance, journal);
        network = new Network(schedule, chance);
        user = new User(store, schedule, journal);
        checkers = new Checkers(store, network, schedule);
    }

    /** @param edges how many of the hosts carry traffic */
    void setUp(int controlPlanes, int hosts, int edges) {
        user.setUp();
        checkers.watch();
        for (int i = 1; i <= controlPlanes; i++)
            network.controlPlanes.add(new ControlPlane("cp" + i, store, schedule, chance, journal));
        for (int i = 1; i <= hosts; i++)
            network.hosts.add(new Host(i, i <= edges, HOST_SIZE, network, schedule, chance, journal));
        network.controlPlanes.forEach(ControlPlane::start);
        network.hosts.forEach(host -> schedule.after(chance.millis(0, 2_000), host::start));
        lookEverySecond();
    }

    private void lookEverySecond() {
        checkers.look();
        schedule.after(Duration.ofSeconds(1), this::lookEverySecond);
    }

    /** Lets time pass. */
    void runUntil(Instant until) {
        while (schedule.step(until))
            if (++steps > MAX_STEPS) throw new Violation("comes to rest", MAX_STEPS + " steps");
    }

    void pass(Duration time) {
        runUntil(schedule.now().plus(time));
    }

    /** The first thing that is not as the user asked; empty: all is. */
    Optional<String> firstDifference() {
        return new Convergence(store.state(), network)
                .firstDifference(user.wanted())
                .or(() -> DaemonCheckers.firstDifference(store.state(), user.daemons()));
    }

    long steps() {
        return steps;
    }
}
