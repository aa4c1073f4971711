package io.staithe.simulation;

import io.staithe.core.gateway.Hello;
import io.staithe.core.gateway.Outbound;
import io.staithe.core.gateway.Reports;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One agent's stream to one control plane process: in order in each direction, with delays, until it breaks. A cut
 * holds messages up, and they arrive after it unless one end has given up; either end finds out by itself.
 */
final class Link {
    final long session;
    final Host host;
    final ControlPlane controlPlane;
    private final Timeline timeline;
    private final Chance chance;
    private Instant lastUp;
    private Instant lastDown;
    private final List<Runnable> held = new ArrayList<>();
    private boolean broken;

    Link(long session, Host host, ControlPlane controlPlane, Timeline timeline, Chance chance) {
        this.session = session;
        this.host = host;
        this.controlPlane = controlPlane;
        this.timeline = timeline;
        this.chance = chance;
        this.lastUp = timeline.now();
        this.lastDown = timeline.now();
    }

    void hello(Hello hello) {
        up(() -> controlPlane.hello(this, hello));
    }

    void reports(Reports reports) {
        up(() -> controlPlane.reports(this, reports));
    }

    void heartbeat(boolean runtimeHealthy) {
        up(() -> controlPlane.heartbeat(this, runtimeHealthy));
    }

    void down(Outbound message) {
        lastDown = arrival(lastDown);
        timeline.at(lastDown, () -> deliver(() -> host.received(this, message)));
    }

    /** The network, or the process, is back: what was held up arrives, in order. */
    void flush() {
        List<Runnable> messages = List.copyOf(held);
        held.clear();
        messages.forEach(this::deliver);
    }

    boolean isBroken() {
        return broken;
    }

    /** One end closes; the other notices, unless the network is cut. */
    void close() {
        if (broken) return;
        broken = true;
        if (host.isCutOff()) return;
        timeline.after(chance.millis(1, 50), () -> {
            host.disconnected(this);
            controlPlane.disconnected(this);
        });
    }

    private void up(Runnable message) {
        lastUp = arrival(lastUp);
        timeline.at(lastUp, () -> deliver(message));
    }

    private void deliver(Runnable message) {
        if (broken) return;
        if (host.isCutOff() || controlPlane.isPaused() || !held.isEmpty()) held.add(message);
        else message.run();
    }

    private Instant arrival(Instant last) {
        Instant arrival = timeline.now().plus(chance.millis(1, 20));
        return arrival.isBefore(last) ? last : arrival;
    }
}
