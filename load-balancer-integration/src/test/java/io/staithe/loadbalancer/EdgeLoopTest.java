package io.staithe.loadbalancer;

import static io.staithe.loadbalancer.Tables.draining;
import static io.staithe.loadbalancer.Tables.group;
import static io.staithe.loadbalancer.Tables.listener;
import static io.staithe.loadbalancer.Tables.slow;
import static io.staithe.loadbalancer.Tables.table;
import static io.staithe.loadbalancer.Tables.target;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.Action;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.TargetHealth.State;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The loop alone, in virtual time, on a proxy that has faults. */
final class EdgeLoopTest {
    private static final int PORT = 8080;
    private static final List<FakeTraffic.Backend> BACKENDS = List.of(FakeTraffic.Backend.values());
    private static final TargetGroup WEB = group("web", 30);

    private Instant now = Instant.EPOCH;
    private FakeTraffic traffic = new FakeTraffic(() -> now);
    private EdgeLoop loop = new EdgeLoop(EdgeDriver.EDGE, traffic::fingerprint);
    private int acts;

    @Test
    void beforeTheFirstTableTheProxyIsLeftAlone() throws Exception {
        run(Duration.ofSeconds(5));
        assertEquals(0, acts);
        assertEquals(Optional.empty(), loop.health());
    }

    @Test
    void beforeTheFirstLookNothingIsKnownOfTheTargets() throws Exception {
        traffic.hang(true);
        loop.desired(table(PORT, WEB, at(1)));
        run(Duration.ofSeconds(5));
        assertEquals(Optional.empty(), loop.health());
        traffic.hang(false);
        run(Duration.ofSeconds(1));
        assertEquals(List.of(State.INITIAL), states());
    }

    @Test
    void aSettledLoopDoesNothingAndLooksSeldom() throws Exception {
        serve(1);
        loop.desired(table(PORT, WEB, at(1)));
        run(Duration.ofSeconds(3));
        int before = acts;
        run(Duration.ofMinutes(1));
        assertEquals(before, acts);
        assertEquals(now.plus(EdgeLoop.OBSERVE_SETTLED), observedThen());
    }

    @Test
    void whatIsRefusedIsTriedAgainEverMoreSeldom() throws Exception {
        traffic.refuse(true);
        loop.desired(table(PORT, WEB));
        run(Duration.ofMinutes(2));
        assertTrue(acts >= 10 && acts <= 30, acts + " tries");
        assertEquals(List.of("refused"), loop.problems());
        traffic.refuse(false);
        run(Backoff.MOST.plusSeconds(1));
        assertEquals(List.of(), loop.problems());
        assertEquals(1, traffic.loads());
    }

    @Test
    void aProxyThatCrashesAgainAndAgainIsStartedEverMoreSeldom() throws Exception {
        loop.desired(table(PORT, WEB));
        Instant end = now.plusSeconds(120);
        while (now.isBefore(end)) {
            traffic.crash();
            run(Duration.ofMillis(200));
        }
        assertTrue(traffic.loads() <= 30, traffic.loads() + " starts");
    }

    @Test
    void whileTheProxyDoesNotAnswerNothingIsDoneAndHealthStays() throws Exception {
        serve(1);
        loop.desired(table(PORT, WEB, at(1)));
        run(Duration.ofSeconds(3));
        List<TargetHealth> before = health();
        int actsBefore = acts;
        traffic.hang(true);
        serve(2);
        loop.desired(table(PORT, WEB, at(1), at(2)));
        run(Duration.ofMinutes(1));
        assertEquals(before, health());
        assertEquals(actsBefore, acts);
        traffic.hang(false);
        run(Duration.ofSeconds(3));
        assertEquals(List.of(State.HEALTHY, State.HEALTHY), states());
    }

    @Test
    void aPlanIsBoundedAndTheRestFollows() throws Exception {
        Target[] targets = new Target[EdgeLoop.MAX_ACTIONS * 2 + 10];
        for (int i = 0; i < targets.length; i++) targets[i] = at(i + 1);
        loop.desired(table(PORT, WEB));
        run(Duration.ofSeconds(1));
        for (int i = 0; i < targets.length; i++) serve(i + 1);
        loop.desired(table(PORT, WEB, targets));
        loop.observed(traffic.observe(), now);
        assertEquals(EdgeLoop.MAX_ACTIONS, loop.next(now).size());
        assertEquals(List.of(), loop.next(now), "not before it has been observed what came of it");
        run(Duration.ofSeconds(5));
        assertEquals(targets.length, traffic.usable().size());
    }

    @Test
    void aTargetOfAGroupThatDoesNotExistIsInitialAndUnusedWhenItDrains() throws Exception {
        RoutingTable table = new RoutingTable(
                List.of(listener(PORT, Action.forward("web"))),
                List.of(),
                List.of(WEB),
                List.of(target(1, "no", "10.0.0.1", 80)));
        loop.desired(table);
        run(Duration.ofSeconds(30));
        assertEquals(List.of(State.INITIAL), states());
        loop.desired(new RoutingTable(
                table.listeners(),
                table.rules(),
                table.targetGroups(),
                List.of(draining(table.targets().get(0)))));
        run(Duration.ofSeconds(1));
        assertEquals(List.of(State.UNUSED), states());
    }

    @Test
    void aTargetWithoutAnAddressIsLeftOutAndNamed() throws Exception {
        loop.desired(table(PORT, WEB, target(1, "web", "a b\nc", 80), target(2, "web", "10.0.0.2", 0)));
        run(Duration.ofSeconds(1));
        assertEquals(2, loop.problems().size(), loop.problems().toString());
        assertTrue(loop.problems().get(0).contains("address: must be an IP address"));
        assertEquals(List.of(), health());
    }

    @Test
    void aDrainedTargetStaysUnusedWhateverHappensToItsServer() throws Exception {
        serve(1);
        loop.desired(table(PORT, WEB, at(1)));
        run(Duration.ofSeconds(3));
        loop.desired(table(PORT, WEB, draining(at(1))));
        run(Duration.ofSeconds(1));
        assertEquals(List.of(State.UNUSED), states());
        traffic.backend("10.0.0.1", 80, FakeTraffic.Backend.DEAD);
        traffic.crash();
        run(Duration.ofSeconds(5));
        assertEquals(List.of(State.UNUSED), states());
    }

    @Test
    void theShareOfATargetThatHasBecomeHealthyRisesToAFullOne() throws Exception {
        TargetGroup slow = slow(WEB, 60);
        serve(1);
        loop.desired(table(PORT, slow, at(1)));
        run(Duration.ofSeconds(90));
        serve(2);
        loop.desired(table(PORT, slow, at(1), at(2)));
        run(Duration.ofSeconds(2));
        assertEquals(0.05, share(2), 0.02);
        run(Duration.ofSeconds(30));
        assertEquals(0.33, share(2), 0.02);
        run(Duration.ofSeconds(30));
        assertEquals(0.5, share(2), 0.02);
        int settled = acts;
        run(Duration.ofMinutes(5));
        assertEquals(settled, acts);
    }

    @Test
    void aTargetThatComesBackAfterAFailureStartsSlowlyAgain() throws Exception {
        TargetGroup slow = slow(WEB, 60);
        serve(1);
        serve(2);
        loop.desired(table(PORT, slow, at(1), at(2)));
        run(Duration.ofSeconds(90));
        traffic.backend("10.0.0.2", 80, FakeTraffic.Backend.FAILS);
        run(Duration.ofSeconds(10));
        assertEquals(0.0, share(2));
        serve(2);
        run(Duration.ofSeconds(2));
        assertEquals(0.05, share(2), 0.02);
    }

    private double share(int task) {
        int its = 0;
        for (int i = 0; i < 100; i++) if (traffic.get(PORT, "x", "/").body().equals("10.0.0." + task + ":80")) its++;
        return its / 100.0;
    }

    /** Random tables, backends and faults; then all heals, and the proxy has exactly what is desired. */
    @Test
    void whateverHappensItConvergesAndNeverSendsToWhatIsUnused() throws Exception {
        for (long seed = 0; seed < 100; seed++) {
            Random random = new Random(seed);
            now = Instant.EPOCH;
            traffic = new FakeTraffic(() -> now);
            loop = new EdgeLoop(EdgeDriver.EDGE, traffic::fingerprint);
            List<Target> targets = new ArrayList<>();
            int next = 1;
            for (int step = 0; step < 60; step++) {
                int dice = random.nextInt(12);
                if (dice < 3) targets.add(served(next++));
                else if (dice < 5 && !targets.isEmpty()) {
                    int at = random.nextInt(targets.size());
                    targets.set(at, draining(targets.get(at)));
                } else if (dice == 5 && !targets.isEmpty()) targets.remove(random.nextInt(targets.size()));
                else if (dice == 6) traffic.crash();
                else if (dice == 7) traffic.failNext(random.nextInt(4));
                else if (dice == 8) traffic.loseAnswers(random.nextInt(4));
                else if (dice == 9) traffic.hang(random.nextBoolean());
                else if (dice == 10) traffic.refuse(random.nextBoolean());
                else if (next > 1)
                    traffic.backend("10.0.0." + (1 + random.nextInt(next)), 80, BACKENDS.get(random.nextInt(3)));
                loop.desired(table(
                        PORT,
                        slow(group("web", 1 + random.nextInt(2)), 30 * random.nextInt(2)),
                        targets.toArray(Target[]::new)));
                run(Duration.ofMillis(random.nextInt(2_000)));
                assertNoTrafficToUnused(seed);
            }
            traffic.hang(false);
            traffic.refuse(false);
            traffic.failNext(0);
            traffic.loseAnswers(0);
            for (int i = 1; i < next; i++) serve(i);
            run(Duration.ofSeconds(80)); // the longest slow start included
            assertEquals(
                    targets.stream()
                            .filter(target -> !target.draining())
                            .map(ServerName::of)
                            .collect(Collectors.toSet()),
                    traffic.usable(),
                    "seed " + seed);
            assertEquals(List.of(), loop.problems(), "seed " + seed);
            for (TargetHealth health : health())
                assertTrue(health.state() == State.HEALTHY || health.state() == State.UNUSED, seed + ": " + health);
            int settled = acts;
            run(Duration.ofSeconds(5));
            assertEquals(settled, acts, "seed " + seed + ": nothing is left to do");
        }
    }

    private void assertNoTrafficToUnused(long seed) {
        for (TargetHealth health : health())
            if (health.state() == State.UNUSED && health.description().equals("drained"))
                assertTrue(
                        traffic.usable().stream().noneMatch(name -> name.task().equals(health.task())),
                        "seed " + seed + ": " + health);
    }

    private List<TargetHealth> health() {
        return loop.health().orElse(List.of());
    }

    private List<State> states() {
        return health().stream().map(TargetHealth::state).toList();
    }

    private static Target at(int task) {
        return target(task, "web", "10.0.0." + task, 80);
    }

    private void serve(int task) {
        traffic.backend("10.0.0." + task, 80, FakeTraffic.Backend.ANSWERS);
    }

    private Target served(int task) {
        serve(task);
        return at(task);
    }

    private Instant observedThen() throws IOException {
        loop.observed(traffic.observe(), now);
        return loop.wakeAt();
    }

    private void run(Duration time) {
        Instant end = now.plus(time);
        while (true) {
            if (!loop.wakeAt().isAfter(now)) turn();
            Instant wake = loop.wakeAt().isAfter(now) ? loop.wakeAt() : now.plusMillis(1);
            if (wake.isAfter(end)) break;
            now = wake;
        }
        now = end;
    }

    private void turn() {
        try {
            loop.observed(traffic.observe(), now);
        } catch (IOException e) {
            loop.unobserved(now);
        }
        for (EdgeAction action : loop.next(now)) {
            acts++;
            loop.completed(action, traffic.act(action), now);
        }
    }
}
