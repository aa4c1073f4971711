package io.staithe.simulation;

import io.staithe.agent.container.Container;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.fake.FakeEngine;
import io.staithe.agent.task.AgentLoop;
import io.staithe.agent.task.Checkpoint;
import io.staithe.agent.task.Limits;
import io.staithe.core.gateway.Hello;
import io.staithe.core.gateway.Outbound;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Resources;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One host: a container engine that outlives everything, an agent that crashes and starts again from its disk, and, on an
 * edge host, a proxy.
 */
final class Host {
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
    private final String token;
    private final Resources resources;
    private final Network network;
    private final Timeline timeline;
    private final Chance chance;
    private final Journal journal;
    private Faults faults = Faults.NONE;

    /** What is on disk. */
    private Checkpoint disk = Checkpoint.FIRST;

    private long incarnation = 1;
    private String version = "simulated";
    private @Nullable Instant forgotAt;
    private boolean cutOff;
    private @Nullable AgentProcess agent;
    private boolean switchedOff;

    Host(
            int number,
            boolean isEdge,
            Resources resources,
            Network network,
            Timeline timeline,
            Chance chance,
            Journal journal) {
        this(
                new InstanceId(String.format("%032x", 0xa000 + number)),
                "host" + number,
                "10.0.0." + number,
                Network.TOKEN,
                isEdge,
                resources,
                network,
                timeline,
                chance,
                journal);
    }

    /** One that a provider has started, with the token that lets it in. */
    static Host bought(
            InstanceId id,
            int number,
            String token,
            Resources resources,
            Network network,
            Timeline timeline,
            Chance chance,
            Journal journal) {
        return new Host(
                id, "bought" + number, "10.0.1." + number, token, false, resources, network, timeline, chance, journal);
    }

    private Host(
            InstanceId id,
            String name,
            String address,
            String token,
            boolean isEdge,
            Resources resources,
            Network network,
            Timeline timeline,
            Chance chance,
            Journal journal) {
        this.id = id;
        this.name = name;
        this.address = address;
        this.token = token;
        this.resources = resources;
        this.network = network;
        this.timeline = timeline;
        this.chance = chance;
        this.journal = journal;
        this.engine = new FakeEngine(timeline.now(), network.registry);
        this.engine.signals(signal -> network.signalled(this, signal));
        this.edge = isEdge ? new Edge(this, network, timeline, chance, journal) : null;
    }

    /** Whether a provider has it, which may take it back. */
    boolean isBought() {
        return !token.equals(Network.TOKEN);
    }

    void faults(Faults to) {
        faults = to;
    }

    Faults faults() {
        return faults;
    }

    boolean isUp() {
        return agent != null;
    }

    boolean isCutOff() {
        return cutOff;
    }

    boolean isConnected() {
        return agent != null && !cutOff && agent.uplink().isWelcome();
    }

    /** Whether what the control plane says arrives within a moment. */
    boolean hears() {
        return agent != null && !cutOff && agent.uplink().hears();
    }

    /** It does not know which store its containers are from, and leaves them alone for a while. */
    boolean hesitates() {
        return forgotAt != null
                && timeline.now().isBefore(forgotAt.plus(LIMITS.epochGrace()).plusSeconds(60));
    }

    /** Whether its agent has ever had to do without what it knew of its containers. */
    boolean hasForgotten() {
        return incarnation > 1;
    }

    /** Another agent on the same host ends before. */
    void start() {
        if (switchedOff) return;
        crash();
        journal.write(name + " agent starts");
        if (disk.memoryLost()) forgotAt = timeline.now();
        AgentLoop loop = new AgentLoop(id, incarnation, LIMITS, disk);
        AgentProcess started = new AgentProcess(this, loop, network, timeline, chance, journal);
        agent = started;
        if (edge != null) edge.start();
        started.start();
    }

    /** The agent's process ends; containers and the proxy go on. */
    void crash() {
        if (agent == null) return;
        journal.write(name + " agent crashes");
        agent.end();
        agent = null;
    }

    /** The agent's next life is that of a newer program. */
    void upgrade(String to) {
        crash();
        version = to;
    }

    /** Its disk is damaged: at its next start the agent knows that it has forgotten something. */
    void loseCheckpoint() {
        journal.write(name + " loses its checkpoint");
        crash();
        disk = Checkpoint.LOST;
        forgotAt = null;
        incarnation++;
    }

    void writes(Checkpoint checkpoint) {
        disk = checkpoint;
    }

    /** Everything on the host ends; its disk stays. */
    void reboot() {
        journal.write(name + " reboots");
        crash();
        engine.advanceTo(timeline.now());
        engine.reboot();
        if (edge != null) edge.crash();
    }

    /** Its provider ends it: nothing of it is left. */
    void switchOff() {
        reboot();
        switchedOff = true;
    }

    void dockerAway(boolean away) {
        journal.write(name + " docker " + (away ? "is away" : "is back"));
        engine.advanceTo(timeline.now());
        engine.faults().away(away);
        if (!away && agent != null) agent.lookSoon(chance.millis(10, 500));
    }

    /** Nothing gets through, in either direction; neither end is told. */
    void cutOff(boolean cut) {
        journal.write(name + (cut ? " is cut off" : " is reachable again"));
        cutOff = cut;
        if (!cut && agent != null) agent.uplink().flush();
    }

    void received(Link from, Outbound message) {
        if (agent != null) agent.uplink().received(from, message);
    }

    void disconnected(Link from) {
        if (agent != null) agent.uplink().disconnected(from);
    }

    void reportTargets(List<TargetHealth> changed, List<String> removed) {
        if (agent != null) agent.uplink().reportTargets(changed, removed);
    }

    /** What its agent last knew of a task, for people. */
    String why(TaskId task) {
        return disk.tasks().stream()
                .filter(saved -> saved.task().task().equals(task))
                .map(saved -> String.valueOf(saved.report().reason()))
                .findFirst()
                .orElse("not known there");
    }

    String zone() {
        return "zone-" + (id.hashCode() & 1);
    }

    Hello introduction() {
        return new Hello(
                Hello.PROTOCOL_VERSION,
                version,
                id,
                token,
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

    /** What really runs here, whoever can see it. */
    List<Container> containers() {
        engine.advanceTo(timeline.now());
        return engine.containers();
    }

    /** The host ports behind which something runs. */
    Set<Integer> answering() {
        engine.advanceTo(timeline.now());
        return engine.answering();
    }

    /** Kills one of its running containers, as a bug in it would. */
    void killAContainer() {
        aRunningContainer().ifPresent(victim -> kill(victim));
    }

    void kill(Container victim) {
        try {
            journal.write(name + " container " + victim.name() + " of task " + victim.task() + " dies");
            engine.crash(victim.id(), 1);
        } catch (ContainerException gone) {
            throw new IllegalStateException("it was just seen", gone);
        }
    }

    /** One of its containers is too busy to be sent requests, for a time. */
    void busyContainer(Duration time) {
        aRunningContainer().ifPresent(busy -> {
            isBusy(busy, true);
            timeline.after(time, () -> isBusy(busy, false));
        });
    }

    /** All of its containers. */
    void areBusy(boolean busy) {
        containers().stream().filter(Container::isAlive).forEach(container -> isBusy(container, busy));
    }

    private void isBusy(Container container, boolean busy) {
        journal.write(name + " container " + container.name() + " of task " + container.task()
                + (busy ? " is not ready" : " is ready"));
        engine.failChecks(container.id(), busy);
    }

    private Optional<Container> aRunningContainer() {
        List<Container> alive = containers().stream().filter(Container::isAlive).toList();
        return alive.isEmpty() ? Optional.empty() : Optional.of(chance.pick(alive));
    }
}
