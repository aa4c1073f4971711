package io.staithe.simulation;

import io.staithe.core.gateway.Outbound;
import io.staithe.core.gateway.Reports;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.TaskReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An agent's connection to some control plane process: opened again, to any of them, whenever it is lost. */
final class Uplink {
    /** The transport's own keep-alive: how long a dead stream goes unnoticed by the agent. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(20);

    private final AgentProcess agent;
    private final Host host;
    private final Network network;
    private final Timeline timeline;
    private final Chance chance;
    private final Journal journal;
    private @Nullable Link link;
    private boolean welcome;
    private boolean owesEverything;
    private Instant heardAt = Instant.MIN;

    Uplink(AgentProcess agent, Host host, Network network, Timeline timeline, Chance chance, Journal journal) {
        this.agent = agent;
        this.host = host;
        this.network = network;
        this.timeline = timeline;
        this.chance = chance;
        this.journal = journal;
    }

    /** Both ends have agreed to talk, and nothing is known to hold up what they say. */
    boolean isWelcome() {
        return welcome;
    }

    /** Whether what the control plane says arrives. */
    boolean hears() {
        return welcome && link != null && link.controlPlane.accepts();
    }

    void connectAfter(Duration delay) {
        timeline.after(delay, () -> {
            if (agent.hasEnded() || link != null) return;
            Optional<Link> opened = network.connect(host);
            if (opened.isEmpty()) {
                connectAfter(chance.millis(500, 5_000));
                return;
            }
            link = opened.get();
            heardAt = timeline.now();
            link.hello(host.introduction());
        });
    }

    void received(Link from, Outbound message) {
        if (from != link) return;
        heardAt = timeline.now();
        if (message instanceof Outbound.Welcome hello) {
            welcome = true;
            journal.write(host.name + " is welcome at " + from.controlPlane.name());
            owesEverything = true;
            agent.welcome(hello.epoch());
        } else if (message instanceof Outbound.Deliver deliver) {
            journal.write(host.name + " is sent " + (deliver.delta().full() ? "all: " : "")
                    + deliver.delta().put().size() + " items, less "
                    + deliver.delta().removed());
            agent.assign(deliver.delta());
        } else if (message instanceof Outbound.Refused refused) {
            journal.write(host.name + " is refused: " + refused.refusal());
            drop();
            connectAfter(chance.millis(500, 5_000));
        }
    }

    void disconnected(Link from) {
        if (from != link) return;
        link = null;
        welcome = false;
        connectAfter(chance.millis(250, 3_000));
    }

    void report(List<TaskReport> changed) {
        if (link == null || !welcome) return;
        Optional<List<TargetHealth>> targets = host.edge == null ? Optional.of(List.of()) : host.edge.health();
        if (owesEverything && agent.hasLooked() && targets.isPresent()) {
            link.reports(new Reports(true, agent.reports(), targets.get(), List.of()));
            owesEverything = false;
        } else if (!changed.isEmpty()) {
            link.reports(new Reports(false, changed, List.of(), List.of()));
        }
    }

    void reportTargets(List<TargetHealth> changed, List<String> removed) {
        if (link != null && welcome) link.reports(new Reports(false, List.of(), changed, removed));
        agent.turn();
    }

    void heartbeat() {
        if (link == null) return;
        if (!host.isCutOff() && link.isBroken()) {
            // The other end has given up; what is sent to it comes back as a reset.
            disconnected(link);
            return;
        }
        // Nothing is said without being asked, so a cut or silent stream is found by the transport's keep-alive.
        if (!host.isCutOff() && link.controlPlane.accepts()) heardAt = timeline.now();
        if (heardAt.plus(KEEP_ALIVE).isBefore(timeline.now())) {
            Link dead = link;
            drop();
            journal.write(host.name + " gives up session " + dead.session);
            connectAfter(chance.millis(250, 3_000));
        } else {
            link.heartbeat(!host.engine.faults().isAway());
        }
    }

    /** What was held up by a cut arrives. */
    void flush() {
        if (link != null) link.flush();
    }

    void drop() {
        Link dropped = link;
        link = null;
        welcome = false;
        if (dropped != null) dropped.close();
    }
}
