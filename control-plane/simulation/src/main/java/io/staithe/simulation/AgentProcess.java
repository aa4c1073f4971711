package io.staithe.simulation;

import io.staithe.agent.container.Container;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.fake.FakeRuntime;
import io.staithe.agent.task.Action;
import io.staithe.agent.task.AgentLoop;
import io.staithe.agent.task.Checkpoint;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.model.TaskReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One life of a host's agent: drives the real {@link AgentLoop} as the agent's shell does, until it ends without a word. */
final class AgentProcess {
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(10);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);

    private final Host host;
    private final Timeline timeline;
    private final Chance chance;
    private final Journal journal;
    private final AgentLoop loop;
    private final FakeRuntime runtime;
    private final Execution execution;
    private final Uplink uplink;
    private boolean ended;
    private boolean looking;
    private @Nullable Instant turnAt;

    AgentProcess(Host host, AgentLoop loop, Network network, Timeline timeline, Chance chance, Journal journal) {
        this.host = host;
        this.loop = loop;
        this.timeline = timeline;
        this.chance = chance;
        this.journal = journal;
        runtime = new FakeRuntime(host.engine, host.id);
        execution = new Execution(host, runtime, network, timeline, chance, journal);
        uplink = new Uplink(this, host, network, timeline, chance, journal);
    }

    void start() {
        runtime.events(() -> {
            if (!ended) lookSoon(chance.millis(5, 50));
        });
        every(LOOK_INTERVAL, () -> lookSoon(Duration.ZERO));
        every(HEARTBEAT, uplink::heartbeat);
        lookSoon(Duration.ZERO);
        uplink.connectAfter(chance.millis(0, 500));
    }

    /** What it has begun, the engine goes on with. */
    void end() {
        ended = true;
        uplink.drop();
    }

    boolean hasEnded() {
        return ended;
    }

    Uplink uplink() {
        return uplink;
    }

    void welcome(String epoch) {
        loop.welcome(epoch, timeline.now());
        turn();
    }

    void assign(Assignment.Delta delta) {
        loop.assign(delta);
        turn();
    }

    boolean hasLooked() {
        return loop.hasLooked();
    }

    List<TaskReport> reports() {
        return loop.reports();
    }

    private void every(Duration interval, Runnable what) {
        timeline.after(interval, () -> {
            if (ended) return;
            what.run();
            every(interval, what);
        });
    }

    void lookSoon(Duration delay) {
        if (looking) return;
        looking = true;
        timeline.after(delay, () -> {
            looking = false;
            if (!ended) look();
        });
    }

    private void look() {
        long mark = loop.mark();
        try {
            host.engine.advanceTo(timeline.now());
            List<Container> seen = runtime.list();
            timeline.after(chance.millis(1, 20), () -> {
                if (ended) return;
                loop.observed(mark, seen, timeline.now());
                turn();
            });
        } catch (ContainerException away) {
            // Unknown, not gone: the next look may show more.
            journal.write(host.name + " cannot look: " + away.code());
        }
    }

    void turn() {
        Instant now = timeline.now();
        List<Action> actions = loop.next(now);
        Checkpoint written = loop.checkpoint();
        host.writes(written);
        for (Action action : actions) begin(action);
        uplink.report(loop.takeChangedReports());
        if (host.edge != null && loop.isAssigned())
            host.edge.desired(loop.assignment().routing());
        turnAt(loop.wakeAt());
    }

    private void turnAt(Instant at) {
        if (at.equals(Instant.MAX) || at.equals(turnAt)) return;
        turnAt = at;
        timeline.at(at, () -> {
            if (!ended && at.equals(turnAt)) {
                turnAt = null;
                turn();
            }
        });
    }

    /** It may not live to hear the answer. */
    private void begin(Action action) {
        execution.begin(action, outcome -> {
            if (ended) return;
            loop.completed(action, outcome, timeline.now());
            turn();
        });
    }
}
