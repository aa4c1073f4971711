package io.staithe.simulation;

import io.staithe.core.model.Resources;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run of the whole system in virtual time: six minutes in which a user asks for things and things go wrong, then
 * everything heals and must come to rest as it was asked to be. The same seed gives the same run.
 */
public final class Simulation {
    private static final Duration TROUBLE = Duration.ofMinutes(6);
    /** After the last fault everything must be as asked within this time, and stay so. */
    private static final Duration HEALING = Duration.ofMinutes(5);

    private static final Duration REST = Duration.ofMinutes(1);
    private static final int HOSTS = 5;
    private static final int EDGES = 2;
    private static final int MAX_STEPS = 5_000_000;

    /**
     * How a run ended.
     *
     * @param checksum of the journal: equal for equal runs
     * @param violation what went wrong; empty: nothing
     * @param journal the newest lines
     */
    public record Result(long seed, long checksum, long steps, Optional<String> violation, List<String> journal) {}

    private final long seed;
    private final Schedule schedule = new Schedule();
    private final Chance chance;
    private final Journal journal = new Journal(schedule);
    private final FaultyStore store;
    private final Network network;
    private final User user;
    private final Checkers checkers;
    private final Faults faults;
    private boolean trouble = true;
    private long steps;

    public Simulation(long seed) {
        this.seed = seed;
        chance = new Chance(seed);
        faults = Faults.draw(chance);
        store = new FaultyStore(schedule, chance, journal);
        network = new Network(schedule, chance);
        user = new User(store, schedule, chance, journal);
        checkers = new Checkers(store, network, schedule);
    }

    public Result run() {
        try {
            setUp();
            runUntil(Schedule.START.plus(TROUBLE));
            heal();
            runUntil(schedule.now().plus(HEALING));
            mustHaveConverged("after healing");
            long revision = store.state().revision();
            runUntil(schedule.now().plus(REST));
            mustHaveConverged("while at rest");
            if (store.state().revision() != revision)
                throw new Violation("nothing is written at rest", (store.state().revision() - revision) + " commits");
            return result(Optional.empty());
        } catch (RuntimeException e) {
            return result(Optional.of(e instanceof Violation ? String.valueOf(e.getMessage()) : trace(e)));
        }
    }

    private void setUp() {
        journal.write("seed " + seed + " with " + faults);
        user.setUp();
        checkers.watch();
        for (int i = 1; i <= 2; i++)
            network.controlPlanes.add(new ControlPlane("cp" + i, store, schedule, chance, journal));
        for (int i = 1; i <= HOSTS; i++)
            network.hosts.add(
                    new Host(i, i <= EDGES, new Resources(2048, 1024, 0), network, schedule, chance, journal));
        network.controlPlanes.forEach(ControlPlane::start);
        network.hosts.forEach(host -> schedule.after(chance.millis(0, 2_000), host::start));
        network.hosts.forEach(host -> host.faults(faults));
        store.faults(faults);
        user.actsEvery(Duration.ofSeconds(15));
        everySecond();
        new Nemesis(faults, network, store, schedule, chance, () -> trouble).start();
    }

    private void everySecond() {
        checkers.look();
        schedule.after(Duration.ofSeconds(1), this::everySecond);
    }

    private void heal() {
        journal.write("everything heals");
        trouble = false;
        user.rest();
        store.faults(Faults.NONE);
        for (Host host : network.hosts) {
            host.faults(Faults.NONE);
            host.cutOff(false);
            host.dockerAway(false);
            if (!host.isUp()) host.start();
        }
        network.controlPlanes.stream().filter(cp -> !cp.isUp()).forEach(ControlPlane::start);
        user.undrainAll();
    }

    private void runUntil(Instant until) {
        while (schedule.step(until))
            if (++steps > MAX_STEPS) throw new Violation("comes to rest", MAX_STEPS + " steps");
    }

    private void mustHaveConverged(String when) {
        new Convergence(store.state(), network).firstDifference(user.wanted()).ifPresent(difference -> {
            throw new Violation("converges " + when, difference);
        });
    }

    private Result result(Optional<String> violation) {
        return new Result(seed, journal.checksum(), steps, violation, journal.last());
    }

    private static String trace(RuntimeException bug) {
        StringBuilder text = new StringBuilder(bug.toString());
        for (StackTraceElement frame : bug.getStackTrace())
            text.append("\n    at ").append(frame);
        if (bug.getCause() != null) {
            text.append("\n  caused by ").append(bug.getCause());
            for (StackTraceElement frame : bug.getCause().getStackTrace())
                text.append("\n    at ").append(frame);
        }
        return text.toString();
    }
}
