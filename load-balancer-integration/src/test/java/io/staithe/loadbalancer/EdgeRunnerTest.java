package io.staithe.loadbalancer;

import static io.staithe.loadbalancer.Tables.group;
import static io.staithe.loadbalancer.Tables.table;
import static io.staithe.loadbalancer.Tables.target;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.staithe.core.assignment.Target;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.TargetHealth.State;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class EdgeRunnerTest {
    private static final Target TARGET = target(1, "web", "10.0.0.1", 80);

    private final BlockingQueue<TargetHealth> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<List<String>> problems = new LinkedBlockingQueue<>();
    private final FakeTraffic traffic = new FakeTraffic(InstantSource.system());

    @Test
    void itTellsWhatChangesAndEndsWhenItIsClosed() throws Exception {
        Thread[] thread = new Thread[1];
        traffic.backend("10.0.0.1", 80, FakeTraffic.Backend.ANSWERS);
        try (EdgeRunner runner = new EdgeRunner(EdgeDriver.EDGE, traffic, InstantSource.system(), new Told())) {
            runner.start(run -> {
                thread[0] = new Thread(run);
                thread[0].start();
            });
            runner.desired(table(8080, group("web"), TARGET));
            assertEquals(State.INITIAL, next().state());
            assertEquals(State.HEALTHY, next().state());
            assertEquals(State.HEALTHY, runner.health().orElseThrow().get(0).state());
            runner.desired(table(8080, group("web")));
            TargetHealth last = next();
            while (last.state() != State.UNUSED) last = next();
            assertEquals(TARGET.id(), last.target());
        }
        thread[0].join(5_000);
        assertFalse(thread[0].isAlive());
    }

    @Test
    void theFirstLookIsToldEvenIfThereIsNoTarget() throws Exception {
        BlockingQueue<List<TargetHealth>> calls = new LinkedBlockingQueue<>();
        traffic.hang(true);
        try (EdgeRunner runner = new EdgeRunner(EdgeDriver.EDGE, traffic, InstantSource.system(), new Told() {
            @Override
            public void changed(List<TargetHealth> health) {
                calls.add(health);
            }
        })) {
            runner.start(run -> new Thread(run).start());
            runner.desired(table(8080, group("web")));
            assertNull(calls.poll(300, TimeUnit.MILLISECONDS), "nothing was seen yet");
            assertEquals(Optional.empty(), runner.health());
            traffic.hang(false);
            assertEquals(List.of(), calls.poll(10, TimeUnit.SECONDS));
            assertEquals(Optional.of(List.of()), runner.health());
        }
    }

    @Test
    void itTellsProblemsAndTheirEnd() throws Exception {
        traffic.takePort(8080, true);
        try (EdgeRunner runner = new EdgeRunner(EdgeDriver.EDGE, traffic, InstantSource.system(), new Told())) {
            runner.desired(table(8080, group("web")));
            runner.start(run -> new Thread(run).start());
            assertEquals(List.of("a port is taken"), problems.poll(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void closingWhatNeverBeganIsNothing() {
        new EdgeRunner(EdgeDriver.EDGE, traffic, InstantSource.system(), new Told()).close();
        assertEquals(0, traffic.loads());
    }

    @Test
    void aTargetThatIsNoMoreIsUnusedOnce() {
        TargetHealth healthy = health(State.HEALTHY);
        assertEquals(List.of(health(State.UNUSED)), EdgeRunner.changes(List.of(healthy), List.of()));
        assertEquals(List.of(), EdgeRunner.changes(List.of(health(State.UNUSED)), List.of()));
        assertEquals(List.of(), EdgeRunner.changes(List.of(healthy), List.of(healthy)));
    }

    private static TargetHealth health(State state) {
        return new TargetHealth(EdgeDriver.EDGE, TARGET.task(), "web", "app", 80, state, "no server");
    }

    private TargetHealth next() throws InterruptedException {
        TargetHealth health = told.poll(10, TimeUnit.SECONDS);
        assertNotNull(health, "nothing was told");
        return health;
    }

    private class Told implements EdgeRunner.Reports {
        @Override
        public void changed(List<TargetHealth> health) {
            told.addAll(health);
        }

        @Override
        public void problems(List<String> now) {
            problems.add(now);
        }
    }
}
