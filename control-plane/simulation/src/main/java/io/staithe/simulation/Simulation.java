package io.staithe.simulation;

import java.time.Duration;
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

    /** A little longer than the trouble lasts. */
    private static final Duration SCHEDULES_FIRE_FOR = TROUBLE.plusSeconds(30);

    private static final Duration REST = Duration.ofMinutes(1);
    private static final Duration BETWEEN_WISHES = Duration.ofSeconds(11);
    private static final int CONTROL_PLANES = 2;
    private static final int HOSTS = 5;
    private static final int EDGES = 2;
    private static final int MAX_DESIRED = 6;
    /** Only where hosts are not full: no daemon takes the room of a task that is there. */
    private static final int MAX_DAEMONS = 2;
    /** Four tasks fill a host: with some hosts away there is not room for all, and the higher priority gets it. */
    private static final int MANY_CPU_UNITS = 512;
    /** So few that all tasks, the headroom and one service's replacements fit the hosts in the end. */
    private static final int MAX_DESIRED_OF_LARGE = 4;

    /**
     * How a run ended.
     *
     * @param checksum of the journal: equal for equal runs
     * @param violation what went wrong; empty: nothing
     * @param journal the newest lines
     */
    public record Result(long seed, long checksum, long steps, Optional<String> violation, List<String> journal) {}

    private final long seed;
    private final Stage stage;
    private final ErrandWhims errands;
    private final Whims whims;
    private final Faults faults;
    private final boolean large;
    private boolean trouble = true;

    public Simulation(long seed) {
        this.seed = seed;
        stage = new Stage(seed);
        faults = Faults.draw(stage.chance);
        large = stage.chance.happens(0.5);
        errands = new ErrandWhims(stage.errands, stage.timeline, stage.chance, SCHEDULES_FIRE_FOR);
        whims = large
                ? new Whims(stage.user, errands, stage.timeline, stage.chance, MAX_DESIRED_OF_LARGE, 0)
                : new Whims(stage.user, errands, stage.timeline, stage.chance, MAX_DESIRED, MAX_DAEMONS);
    }

    public Result run() {
        try {
            begin();
            stage.pass(TROUBLE);
            heal();
            stage.pass(HEALING);
            mustHaveConverged("after healing");
            long revision = stage.store.state().revision();
            stage.pass(REST);
            mustHaveConverged("while at rest");
            if (stage.store.state().revision() != revision)
                throw new Violation(
                        "nothing is written at rest", (stage.store.state().revision() - revision) + " commits");
            return result(Optional.empty());
        } catch (Violation violation) {
            return result(Optional.of(String.valueOf(violation.getMessage())));
        } catch (RuntimeException bug) {
            return result(Optional.of(trace(bug)));
        }
    }

    private void begin() {
        stage.journal.write("seed " + seed + " with " + faults);
        stage.setUp(CONTROL_PLANES, HOSTS, EDGES);
        errands.begin();
        if (large) stage.user.tasksNeed(MANY_CPU_UNITS);
        stage.network.hosts.forEach(host -> host.faults(faults));
        stage.store.faults(faults);
        stage.cloud.faults(faults);
        whims.actEvery(BETWEEN_WISHES);
        new Nemesis(faults, stage.network, stage.store, stage.cloud, stage.timeline, stage.chance, () -> trouble)
                .start();
        new MovingTags(seed, stage.network.registry, stage.timeline, stage.journal, () -> trouble).start();
    }

    private void heal() {
        stage.journal.write("everything heals");
        trouble = false;
        stage.store.faults(Faults.NONE);
        stage.cloud.faults(Faults.NONE);
        for (Host host : stage.network.hosts) {
            host.faults(Faults.NONE);
            host.cutOff(false);
            host.dockerAway(false);
            host.engine.passChecks();
            if (!host.isUp()) host.start();
        }
        stage.network.controlPlanes.stream().filter(cp -> !cp.isUp()).forEach(ControlPlane::start);
        whims.rest();
    }

    private void mustHaveConverged(String when) {
        stage.firstDifference().ifPresent(difference -> {
            throw new Violation("converges " + when, difference);
        });
    }

    private Result result(Optional<String> violation) {
        return new Result(seed, stage.journal.checksum(), stage.steps(), violation, stage.journal.last());
    }

    private static String trace(Throwable bug) {
        StringBuilder text = new StringBuilder(bug.toString());
        for (StackTraceElement frame : bug.getStackTrace())
            text.append("\n    at ").append(frame);
        if (bug.getCause() != null) text.append("\n  caused by ").append(trace(bug.getCause()));
        return text.toString();
    }
}
