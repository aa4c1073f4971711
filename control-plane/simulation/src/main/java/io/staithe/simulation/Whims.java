package io.staithe.simulation;

import io.staithe.core.model.CircuitBreaker;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DeploymentConfiguration.CanaryConfiguration;
import io.staithe.core.model.DeploymentConfiguration.LinearConfiguration;
import io.staithe.core.model.DeploymentRequest;
import io.staithe.core.model.DeploymentStrategy;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.Rebalancing.Window;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/** A user who asks for something else all the time. */
final class Whims {
    private static final int SERVICES = 3;

    /** The one whose deployments go through stages, where there is room for two revisions of it. */
    private static final String STAGED = "service3";

    /** The one for whose tasks hosts are bought. */
    private static final String FARGATE = "service4";

    private static final List<DeploymentRequest.Action> REQUESTS = List.of(DeploymentRequest.Action.values());

    /** In the end the mover has to have repaired everything, soon. */
    private static final Rebalancing MANY_MOVES = new Rebalancing(true, 10, 1000, 10, true, List.of());

    /** Of all that is asked for. */
    private static final double ERRANDS = 0.3;

    private final User user;
    private final ErrandWhims errands;
    private final Timeline timeline;
    private final Chance chance;
    private final int maxDesired;
    private final int daemons;
    private boolean resting;

    /** @param daemons how many daemon services there are at most */
    Whims(User user, ErrandWhims errands, Timeline timeline, Chance chance, int maxDesired, int daemons) {
        this.user = user;
        this.errands = errands;
        this.timeline = timeline;
        this.chance = chance;
        this.maxDesired = maxDesired;
        this.daemons = daemons;
    }

    void actEvery(Duration mean) {
        timeline.after(chance.exponential(mean), () -> {
            if (resting) return;
            if (chance.happens(ERRANDS)) errands.act();
            else act();
            actEvery(mean);
        });
    }

    /** Asks for nothing more, and takes back what keeps everything from coming to rest. */
    void rest() {
        resting = true;
        user.hosts(ContainerInstance.Status.DRAINING).forEach(user::undrain);
        user.rebalancing(MANY_MOVES);
        user.services().forEach(service -> user.ask(service, DeploymentRequest.Action.CONTINUE));
    }

    private void act() {
        if (chance.happens(0.2)) {
            actOnFargate();
            return;
        }
        int number = chance.between(1, SERVICES + daemons);
        boolean daemon = number > SERVICES;
        String name = (daemon ? "daemon" : "service") + number;
        Optional<Service> service = user.service(name);
        boolean absent = service.isEmpty() || service.get().status() == Service.Status.INACTIVE;
        if (absent && daemon) createDaemon(name);
        else if (absent && name.equals(STAGED) && daemons > 0) createStaged(name);
        else if (absent) create(name);
        else if (service.get().status() == Service.Status.ACTIVE) change(service.get());
    }

    /** So few tasks that two revisions of them fit the hosts that may be bought. */
    private void actOnFargate() {
        Service service = user.service(FARGATE).orElse(null);
        if (service == null || service.status() == Service.Status.INACTIVE)
            user.createFargate(FARGATE, chance.between(1, 3), configuration());
        else if (service.status() != Service.Status.ACTIVE) return;
        else if (chance.happens(0.4)) user.scale(service, chance.between(0, 3));
        else if (chance.happens(0.5)) user.deploy(service);
        else user.delete(service);
    }

    private void create(String name) {
        boolean packs = chance.happens(0.3);
        user.create(
                name,
                chance.between(1, maxDesired),
                chance.happens(0.6),
                configuration(),
                policy(),
                packs ? List.of(new PlacementStrategy("binpack", "memory")) : List.of());
        if (!packs && chance.happens(0.7)) user.service(name).ifPresent(service -> user.balance(service, true));
    }

    /** Traffic moves between target groups, or the number of tasks is the part of the traffic. */
    private void createStaged(String name) {
        DeploymentStrategy strategy = chance.pick(
                List.of(DeploymentStrategy.BLUE_GREEN, DeploymentStrategy.LINEAR, DeploymentStrategy.CANARY));
        boolean linear = strategy == DeploymentStrategy.LINEAR;
        boolean canary = strategy == DeploymentStrategy.CANARY;
        DeploymentConfiguration configuration = new DeploymentConfiguration(
                chance.pick(List.of(50, 100)),
                200,
                chance.happens(0.5) ? CircuitBreaker.of(true) : null,
                null,
                strategy,
                chance.between(0, 1),
                linear ? new LinearConfiguration(60.0, chance.between(0, 1)) : null,
                canary ? new CanaryConfiguration(20.0, chance.between(0, 1)) : null,
                List.of());
        user.createStaged(name, chance.between(1, maxDesired), chance.happens(0.7), configuration);
    }

    /** Now and then nothing, or only within two minutes of the run. */
    private Rebalancing rebalancing() {
        LocalTime opens = LocalTime.MIDNIGHT.plusMinutes(chance.between(1, 5));
        List<Window> windows =
                chance.happens(0.5) ? List.of() : List.of(new Window(List.of(), opens, opens.plusMinutes(2), "UTC"));
        return new Rebalancing(
                chance.happens(0.9),
                chance.between(1, 4),
                chance.between(1, 30),
                chance.between(0, 60),
                chance.happens(0.5),
                windows);
    }

    /** One that has to leave half of its tasks healthy has them on all hosts: on a single one it could not be replaced. */
    private void createDaemon(String name) {
        if (chance.happens(0.5)) user.createDaemon(name, "zone-0", DeploymentConfiguration.DEFAULT);
        else user.createDaemon(name, DaemonCheckers.ANYWHERE, DeploymentConfiguration.of(50, 100));
    }

    private DeploymentConfiguration configuration() {
        if (chance.happens(0.7)) return DeploymentConfiguration.DEFAULT;
        return chance.happens(0.5) ? DeploymentConfiguration.of(0, 100) : DeploymentConfiguration.of(50, 200);
    }

    /** Headroom is small: in the end everything that is wanted must fit beside it. */
    private PlacementPolicy policy() {
        int priority = chance.pick(List.of(0, 0, 5, 10));
        int headroom = chance.happens(0.3) ? 1 : 0;
        return new PlacementPolicy(priority, List.of(), List.of(), chance.happens(0.3), headroom, null);
    }

    private void change(Service service) {
        switch (chance.between(1, 14)) {
            case 1 -> user.delete(service);
            case 2, 3, 4 -> scaleOrDeploy(service);
            case 5, 6, 7 -> user.deploy(service);
            case 8, 9 -> stopATask();
            case 10 -> placeOrDeploy(service);
            case 11, 12 -> user.rebalancing(rebalancing());
            case 13 -> user.ask(service, chance.pick(REQUESTS));
            default -> drainOrUndrain();
        }
    }

    private void scaleOrDeploy(Service service) {
        if (service.isDaemon()) user.deploy(service);
        else user.scale(service, chance.between(0, maxDesired));
    }

    private void placeOrDeploy(Service service) {
        if (service.isDaemon()) user.deploy(service);
        else user.place(service, policy());
    }

    private void stopATask() {
        List<Task> tasks = user.activeTasks();
        if (!tasks.isEmpty()) user.stop(chance.pick(tasks));
    }

    private void drainOrUndrain() {
        List<ContainerInstance> draining = user.hosts(ContainerInstance.Status.DRAINING);
        List<ContainerInstance> active = user.hosts(ContainerInstance.Status.ACTIVE);
        if (!draining.isEmpty()) user.undrain(draining.get(0));
        else if (active.size() > 2 && chance.happens(0.5)) user.drain(chance.pick(active));
        else if (active.size() > 2) user.drainWithin(chance.pick(active), chance.millis(5_000, 60_000));
    }
}
