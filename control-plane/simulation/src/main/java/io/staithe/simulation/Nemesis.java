package io.staithe.simulation;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Makes things go wrong, each kind at its own rate, and lets them come right again after a while. */
final class Nemesis {
    private final Faults faults;
    private final Network network;
    private final FaultyStore store;
    private final Cloud cloud;
    private final Timeline timeline;
    private final Chance chance;
    private final BooleanSupplier active;

    Nemesis(
            Faults faults,
            Network network,
            FaultyStore store,
            Cloud cloud,
            Timeline timeline,
            Chance chance,
            BooleanSupplier active) {
        this.faults = faults;
        this.network = network;
        this.store = store;
        this.cloud = cloud;
        this.timeline = timeline;
        this.chance = chance;
        this.active = active;
    }

    void start() {
        strikes(faults.viewLost(), store::loseAView);
        strikes(faults.controlPlaneCrash(), this::crashAControlPlane);
        strikes(faults.controlPlanePause(), () -> anyControlPlane().pause(chance.millis(500, 15_000)));
        strikes(faults.agentCrash(), () -> crashed(anyHost(), Host::crash));
        strikes(faults.checkpointLost(), () -> crashed(anyHost(), Host::loseCheckpoint));
        strikes(faults.reboot(), () -> crashed(anyHost(), Host::reboot));
        strikes(faults.dockerAway(), this::takeDockerAway);
        strikes(faults.partition(), this::cutOffAHost);
        strikes(faults.proxyCrash(), this::crashAProxy);
        strikes(faults.hostTaken(), cloud::strike);
        strikes(faults.containerBusy(), () -> anyHost().busyContainer(chance.millis(500, 60_000)));
        if (faults.containerDies() > 0)
            strikes(Duration.ofSeconds((long) (2 / faults.containerDies())), () -> anyHost()
                    .killAContainer());
    }

    private void strikes(Duration mean, Runnable blow) {
        if (mean.isZero()) return;
        timeline.after(chance.exponential(mean), () -> {
            if (!active.getAsBoolean()) return;
            blow.run();
            strikes(mean, blow);
        });
    }

    private void crashAControlPlane() {
        ControlPlane victim = anyControlPlane();
        if (!victim.isUp()) return;
        victim.crash();
        timeline.after(chance.millis(100, 20_000), () -> {
            if (!victim.isUp()) victim.start();
        });
    }

    private interface Blow {
        void on(Host host);
    }

    private void crashed(Host victim, Blow blow) {
        blow.on(victim);
        timeline.after(chance.millis(100, 60_000), () -> {
            if (!victim.isUp()) victim.start();
        });
    }

    private void takeDockerAway() {
        Host victim = anyHost();
        victim.dockerAway(true);
        timeline.after(chance.millis(500, 40_000), () -> victim.dockerAway(false));
    }

    private void cutOffAHost() {
        Host victim = anyHost();
        victim.cutOff(true);
        timeline.after(chance.millis(500, 90_000), () -> victim.cutOff(false));
    }

    private void crashAProxy() {
        List<Host> edges =
                network.hosts.stream().filter(host -> host.edge != null).toList();
        Host victim = chance.pick(edges);
        if (victim.edge != null) victim.edge.crash();
    }

    private Host anyHost() {
        return chance.pick(network.hosts);
    }

    private ControlPlane anyControlPlane() {
        return chance.pick(network.controlPlanes);
    }
}
