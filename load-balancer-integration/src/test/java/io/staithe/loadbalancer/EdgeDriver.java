package io.staithe.loadbalancer;

import static org.junit.jupiter.api.Assertions.fail;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.TargetHealth.State;
import io.staithe.loadbalancer.TrafficWorld.Backend;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Turns an {@link EdgeLoop} in a {@link TrafficWorld}'s time, as {@link EdgeRunner} does in real time. */
final class EdgeDriver {
    static final InstanceId EDGE = InstanceId.of("e".repeat(32));
    private static final Duration STEP = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TrafficWorld world;
    private final EdgeLoop loop;
    private Observation observed = Observation.NOT_RUNNING;

    EdgeDriver(TrafficWorld world) {
        this.world = world;
        this.loop = new EdgeLoop(EDGE, world.provider()::fingerprint);
    }

    void carry(RoutingTable table) {
        loop.desired(table);
    }

    /** One observation, and what follows from it. */
    List<EdgeAction> turn() {
        try {
            observed = world.provider().observe();
            loop.observed(observed, world.now());
        } catch (IOException e) {
            loop.unobserved(world.now());
        }
        List<EdgeAction> actions = loop.next(world.now());
        for (EdgeAction action : actions)
            loop.completed(action, world.provider().act(action), world.now());
        return actions;
    }

    void until(Callable<Boolean> condition) throws Exception {
        Instant end = world.now().plus(PATIENCE);
        do {
            turn();
            if (condition.call()) return;
            world.pass(STEP);
        } while (world.now().isBefore(end));
        fail("not within " + PATIENCE + ": " + health() + " " + problems() + " " + observed);
    }

    /** Until the proxy runs and nothing is left to do. */
    void settle() throws Exception {
        until(() -> observed.running() && turn().isEmpty());
    }

    /** Some turns more, with time between them. */
    void settleFor(int turns) {
        for (int i = 0; i < turns; i++) {
            turn();
            world.pass(TargetLife.QUIET);
        }
    }

    Observation observed() {
        return observed;
    }

    List<TargetHealth> health() {
        return loop.health().orElse(List.of());
    }

    List<String> problems() {
        return loop.problems();
    }

    /** Null when nothing is said about it. */
    State state(Backend backend) {
        return health(backend).map(TargetHealth::state).orElse(null);
    }

    String why(Backend backend) {
        return health(backend).map(TargetHealth::description).orElse("");
    }

    private Optional<TargetHealth> health(Backend backend) {
        return health().stream()
                .filter(health -> health.target().equals(backend.target().id()))
                .findFirst();
    }
}
