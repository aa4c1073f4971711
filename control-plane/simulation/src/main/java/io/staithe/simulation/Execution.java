package io.staithe.simulation;

import io.staithe.agent.action.ActionRunner;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.PullBehavior;
import io.staithe.agent.container.fake.FakeRuntime;
import io.staithe.agent.container.fake.Operation;
import io.staithe.agent.environment.EnvironmentFiles;
import io.staithe.agent.environment.HostValues;
import io.staithe.agent.environment.RegistryCredentialsFile;
import io.staithe.agent.environment.TaskAddresses;
import io.staithe.agent.task.Action;
import io.staithe.agent.task.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/** What an agent asks of its host's engine, each with the time that it takes. The engine goes on when the agent ends. */
final class Execution {
    /** How often a container, or what runs in it before it is stopped, takes longer than it may. */
    private static final double TAKES_TOO_LONG = 0.1;

    private final Host host;
    private final Network network;
    private final Timeline timeline;
    private final Chance chance;
    private final Journal journal;
    private final ActionRunner runner;

    Execution(Host host, FakeRuntime runtime, Network network, Timeline timeline, Chance chance, Journal journal) {
        this.host = host;
        this.network = network;
        this.timeline = timeline;
        this.chance = chance;
        this.journal = journal;
        runner = new ActionRunner(
                runtime,
                new HostValues(EnvironmentFiles.NONE, TaskAddresses.NONE),
                RegistryCredentialsFile.NONE,
                PullBehavior.DEFAULT,
                Duration.ofMinutes(10));
    }

    /** @param completed told once, if anybody is still there to listen */
    void begin(Action action, Consumer<Outcome> completed) {
        if (!(action instanceof Action.Check)) journal.write(host.name + " begins to " + action.describe());
        network.begins(host, action);
        if (action instanceof Action.Stop stop) timeline.after(chance.millis(10, 100), () -> stop(stop, completed));
        else timeline.after(duration(action), () -> carryOut(action, completed));
    }

    private void stop(Action.Stop stop, Consumer<Outcome> completed) {
        host.engine.advanceTo(timeline.now());
        if (host.engine.faults().isAway()) {
            carryOut(stop, completed);
            return;
        }
        Duration shutdown = chance.happens(TAKES_TOO_LONG)
                ? stop.timeout().plusSeconds(1)
                : chance.millis(1, (int) Math.min(stop.timeout().toMillis(), 5_000));
        Instant end = host.engine.terminate(stop.id(), stop.timeout(), shutdown);
        timeline.at(end, () -> carryOut(stop, completed));
    }

    private void carryOut(Action action, Consumer<Outcome> completed) {
        host.engine.advanceTo(timeline.now());
        Outcome outcome = runner.run(action);
        journal.write(
                host.name + " " + action.describe() + (outcome.failure() == null ? "" : ": " + outcome.failure()));
        network.ended(host, action);
        completed.accept(outcome);
    }

    private Duration duration(Action action) {
        if (action instanceof Action.Pull) {
            Faults faults = host.faults();
            if (chance.happens(faults.pullFails()))
                host.engine.faults().refuseNext(Operation.PULL, ContainerException.Code.CANNOT_PULL, "simulated");
            return chance.happens(faults.pullSlow()) ? chance.millis(5_000, 60_000) : chance.millis(20, 500);
        }
        if (action instanceof Action.RunPreStop hook)
            return chance.happens(TAKES_TOO_LONG)
                    ? hook.timeout().plusSeconds(30)
                    : chance.millis(10, (int) hook.timeout().toMillis());
        return action instanceof Action.Check ? chance.millis(2, 50) : chance.millis(20, 400);
    }
}
