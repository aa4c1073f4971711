package io.staithe.simulation;

import io.staithe.agent.action.ActionRunner;
import io.staithe.agent.container.Container;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.PullBehavior;
import io.staithe.agent.container.fake.FakeEngine;
import io.staithe.agent.container.fake.FakeRuntime;
import io.staithe.agent.container.fake.Operation;
import io.staithe.agent.environment.EnvironmentFiles;
import io.staithe.agent.environment.HostValues;
import io.staithe.agent.environment.RegistryCredentialsFile;
import io.staithe.agent.task.Action;
import io.staithe.agent.task.AgentLoop;
import io.staithe.agent.task.Checkpoint;
import io.staithe.agent.task.Limits;
import io.staithe.core.gateway.Hello;
import io.staithe.core.gateway.Outbound;
import io.staithe.core.gateway.Reports;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Resources;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.TaskReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One host: a container engine that outlives everything, an agent that crashes and starts again from its disk, and, on an
 * edge host, a proxy. Drives the real {@link AgentLoop} as the agent's shell does.
 */
final class Host {
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(10);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    /** The transport's own keep-alive: how long a dead stream goes unnoticed by the agent. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);

    /** The real ones, but for a shorter grace after a lost memory: runs must not last for it. */
    private static final Limits LIMITS = new Limits(
            Limits.STANDARD.actionsInFlight(),
            Limits.STANDARD.pullsInFlight(),
            Limits.STANDARD.stopsInFlight(),
            Limits.STANDARD.checksInFlight(),
            Limits.STANDARD.keepStopped(),
            Limits.STANDARD.keepStoppedTasks(),
            Duration.ofSeconds(60),
            Limits.STANDARD.imageMinimumAge(),
            Limits.STANDARD.imageCycle(),
            Limits.STANDARD.imagesPerCycle());

    final InstanceId id;
    final String name;
    final String address;
    final FakeEngine engine;
    final @Nullable Edge edge;
    private final Resources resources;
    private final Network network;
    private final Schedule schedule;
    private final Chance chance;
    private final Journal journal;
    private Faults faults = Faults.NONE;

    /** What is on disk. */
    private Checkpoint disk = Checkpoint.FIRST;

    private long incarnation = 1;
    private @Nullable Instant forgotAt;

    private int life;
    private boolean up;
    private boolean cutOff;
    private @Nullable AgentLoop loop;
    private FakeRuntime runtime;
    private @Nullable Link link;
    private boolean welcome;
    private boolean owesEverything;
    private Instant heardAt = Instant.MIN;
    private @Nullable Instant turnAt;
    private boolean looking;

    Host(
            int number,
            boolean isEdge,
            Resources resources,
            Network network,
            Schedule schedule,
            Chance chance,
            Journal journal) {
        this.id = new InstanceId(String.format("%032x", 0xa000 + number));
        this.name = "host" + number;
        this.address = "10.0.0." + number;
        this.resources = resources;
        this.network = network;
        this.schedule = schedule;
        this.chance = chance;
        this.journal = journal;
        this.engine = new FakeEngine(schedule.now());
        this.runtime = new FakeRuntime(engine, id);
        this.edge = isEdge ? new Edge(this, network, schedule, chance, journal) : null;
    }

    void faults(Faults to) {
        faults = to;
    }

    boolean isUp() {
        return up;
    }

    boolean isCutOff() {
        return cutOff;
    }

    boolean isConnected() {
        return up && !cutOff && welcome;
    }

    /** It does not know which store its containers are from, and leaves them alone for a while. */
    boolean hesitates() {
        return forgotAt != null
                && schedule.now().isBefore(forgotAt.plus(LIMITS.epochGrace()).plusSeconds(60));
    }

    void start() {
        life++;
        up = true;
        journal.write(name + " agent starts");
        runtime = new FakeRuntime(engine, id);
        loop = new AgentLoop(id, incarnation, LIMITS, disk);
        if (disk.memoryLost()) forgotAt = schedule.now();
        if (edge != null) edge.start();
        int current = life;
        runtime.events(() -> {
            if (life == current) lookSoon(chance.millis(5, 50));
        });
        every(current, LOOK_INTERVAL, () -> lookSoon(Duration.ZERO));
        every(current, HEARTBEAT, this::heartbeat);
        lookSoon(Duration.ZERO);
        connectAfter(chance.millis(0, 500), current);
    }

    /** The agent's process ends; containers and the proxy go on. */
    void crash() {
        if (!up) return;
        journal.write(name + " agent crashes");
        life++;
        up = false;
        loop = null;
        dropLink();
    }

    /** Its disk is damaged: at its next start the agent knows that it has forgotten something. */
    void loseCheckpoint() {
        journal.write(name + " loses its checkpoint");
        crash();
        disk = Checkpoint.LOST;
        forgotAt = null;
        incarnation++;
    }

    /** Everything on the host ends; its disk stays. */
    void reboot() {
        journal.write(name + " reboots");
        crash();
        engine.advanceTo(schedule.now());
        engine.reboot();
        if (edge != null) edge.crash();
    }

    void dockerAway(boolean away) {
        journal.write(name + " docker " + (away ? "is away" : "is back"));
        engine.advanceTo(schedule.now());
        engine.faults().away(away);
        if (!away) lookSoon(chance.millis(10, 500));
    }

    /** Nothing gets through, in either direction; neither end is told. */
    void cutOff(boolean cut) {
        journal.write(name + (cut ? " is cut off" : " is reachable again"));
        cutOff = cut;
        if (!cut && link != null) link.flush();
    }

    /** What really runs here, whoever can see it. */
    List<Container> containers() {
        engine.advanceTo(schedule.now());
        return engine.containers();
    }

    /** The host ports behind which something runs. */
    Set<Integer> answering() {
        engine.advanceTo(schedule.now());
        return engine.answering();
    }

    void received(Link from, Outbound message) {
        AgentLoop agent = loop;
        if (from != link || agent == null) return;
        heardAt = schedule.now();
        if (message instanceof Outbound.Welcome hello) {
            welcome = true;
            journal.write(name + " is welcome at " + from.controlPlane.name());
            agent.welcome(hello.epoch(), schedule.now());
            owesEverything = true;
            turn();
        } else if (message instanceof Outbound.Deliver deliver) {
            journal.write(name + " is sent " + (deliver.delta().full() ? "all: " : "")
                    + deliver.delta().put().size() + " items, less "
                    + deliver.delta().removed());
            agent.assign(deliver.delta());
            turn();
        } else if (message instanceof Outbound.Refused refused) {
            journal.write(name + " is refused: " + refused.refusal());
            dropLink();
            connectAfter(chance.millis(500, 5_000), life);
        }
    }

    void disconnected(Link from) {
        if (from != link) return;
        link = null;
        welcome = false;
        connectAfter(chance.millis(250, 3_000), life);
    }

    private void connectAfter(Duration delay, int inLife) {
        schedule.after(delay, () -> {
            if (life != inLife || !up || link != null) return;
            Optional<Link> opened = network.connect(this);
            if (opened.isEmpty()) {
                connectAfter(chance.millis(500, 5_000), inLife);
                return;
            }
            link = opened.get();
            heardAt = schedule.now();
            link.hello(introduction());
        });
    }

    String zone() {
        return "zone-" + (id.hashCode() & 1);
    }

    private Hello introduction() {
        return new Hello(
                Hello.PROTOCOL_VERSION,
                "simulated",
                id,
                Network.TOKEN,
                "secret-of-" + name,
                "default",
                name,
                address,
                resources,
                Set.of(),
                List.of(new Attribute(Attribute.AVAILABILITY_ZONE, zone())),
                edge != null,
                "simulated",
                incarnation);
    }

    private void report(AgentLoop agent, List<TaskReport> changed) {
        if (link == null || !welcome) return;
        Optional<List<TargetHealth>> targets = edge == null ? Optional.of(List.of()) : edge.health();
        if (owesEverything && agent.hasLooked() && targets.isPresent()) {
            link.reports(new Reports(true, agent.reports(), targets.get(), List.of()));
            owesEverything = false;
        } else if (!changed.isEmpty()) {
            link.reports(new Reports(false, changed, List.of(), List.of()));
        }
    }

    void reportTargets(List<TargetHealth> changed, List<String> removed) {
        if (link != null && welcome) link.reports(new Reports(false, List.of(), changed, removed));
        turn();
    }

    private void heartbeat() {
        if (link == null) return;
        if (!cutOff && link.isBroken()) {
            // The other end has given up; what is sent to it comes back as a reset.
            disconnected(link);
            return;
        }
        // Nothing is said without being asked, so a cut or silent stream is found by the transport's keep-alive.
        if (!cutOff && link.controlPlane.accepts()) heardAt = schedule.now();
        if (heardAt.plus(KEEP_ALIVE).isBefore(schedule.now())) {
            Link dead = link;
            dropLink();
            journal.write(name + " gives up session " + dead.session);
            connectAfter(chance.millis(250, 3_000), life);
        } else {
            link.heartbeat(!engine.faults().isAway());
        }
    }

    private void dropLink() {
        Link dropped = link;
        link = null;
        welcome = false;
        if (dropped != null) dropped.close();
    }

    private void every(int inLife, Duration interval, Runnable what) {
        schedule.after(interval, () -> {
            if (life != inLife) return;
            what.run();
            every(inLife, interval, what);
        });
    }

    private void lookSoon(Duration delay) {
        AgentLoop agent = loop;
        if (looking || agent == null) return;
        looking = true;
        int current = life;
        schedule.after(delay, () -> {
            looking = false;
            if (life != current) {
                if (up) lookSoon(Duration.ZERO);
                return;
            }
            long mark = agent.mark();
            try {
                engine.advanceTo(schedule.now());
                List<Container> seen = runtime.list();
                schedule.after(chance.millis(1, 20), () -> {
                    if (life != current) return;
                    agent.observed(mark, seen, schedule.now());
                    turn();
                });
            } catch (ContainerException away) {
                // Unknown, not gone: the next look may show more.
                journal.write(name + " cannot look: " + away.code());
            }
        });
    }

    private void turn() {
        AgentLoop agent = loop;
        if (agent == null) return;
        Instant now = schedule.now();
        List<Action> actions = agent.next(now);
        disk = agent.checkpoint();
        for (Action action : actions) begin(agent, action, life);
        report(agent, agent.takeChangedReports());
        if (edge != null && agent.isAssigned()) edge.desired(agent.assignment().routing());
        turnAt(agent.wakeAt());
    }

    private void turnAt(Instant at) {
        if (at.equals(Instant.MAX) || at.equals(turnAt)) return;
        turnAt = at;
        int current = life;
        schedule.at(at, () -> {
            if (life == current && at.equals(turnAt)) {
                turnAt = null;
                turn();
            }
        });
    }

    /** The engine is asked after a while; the agent may not live to hear the answer. */
    private void begin(AgentLoop agent, Action action, int inLife) {
        network.begins(this, action);
        schedule.after(duration(action), () -> {
            engine.advanceTo(schedule.now());
            var outcome = runner().run(action);
            journal.write(name + " " + action.describe() + (outcome.failure() == null ? "" : ": " + outcome.failure()));
            if (life != inLife) return;
            agent.completed(action, outcome, schedule.now());
            turn();
        });
    }

    private Duration duration(Action action) {
        if (action instanceof Action.Pull) {
            if (chance.happens(faults.pullFails()))
                engine.faults().refuseNext(Operation.PULL, ContainerException.Code.CANNOT_PULL, "simulated");
            return chance.happens(faults.pullSlow()) ? chance.millis(5_000, 60_000) : chance.millis(20, 500);
        }
        if (action instanceof Action.RunPreStop hook)
            return chance.millis(10, (int) Math.min(hook.timeout().toMillis(), 5_000));
        if (action instanceof Action.Stop stop)
            return chance.millis(10, (int) Math.min(stop.timeout().toMillis(), 5_000));
        return chance.millis(20, 400);
    }

    private ActionRunner runner() {
        return new ActionRunner(
                runtime,
                new HostValues(EnvironmentFiles.NONE),
                RegistryCredentialsFile.NONE,
                PullBehavior.DEFAULT,
                Duration.ofMinutes(10));
    }

    /** Kills one of its running containers, as a bug in it would. */
    void killAContainer() {
        List<Container> alive =
                new ArrayList<>(containers().stream().filter(Container::isAlive).toList());
        if (alive.isEmpty()) return;
        Container victim = chance.pick(alive);
        try {
            journal.write(name + " container " + victim.name() + " of task " + victim.task() + " dies");
            engine.crash(victim.id(), 1);
        } catch (ContainerException gone) {
            throw new IllegalStateException("it was just seen", gone);
        }
    }
}
