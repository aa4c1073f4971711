package io.staithe.loadbalancer;

import static io.staithe.loadbalancer.Tables.draining;
import static io.staithe.loadbalancer.Tables.fixed;
import static io.staithe.loadbalancer.Tables.group;
import static io.staithe.loadbalancer.Tables.listener;
import static io.staithe.loadbalancer.Tables.rule;
import static io.staithe.loadbalancer.Tables.slow;
import static io.staithe.loadbalancer.Tables.table;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.Action;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.TargetHealth.State;
import io.staithe.core.model.WeightedTargetGroup;
import io.staithe.loadbalancer.TrafficWorld.Backend;
import io.staithe.loadbalancer.TrafficWorld.Pending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every proxy does under an {@link EdgeLoop}: the fake and the real one alike. */
abstract class TrafficContract {
    private static final int REQUESTS = 2_000;

    private TrafficWorld world;
    private EdgeDriver edge;
    private int port;
    private final TargetGroup web = group("web");

    abstract TrafficWorld newWorld() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        world = newWorld();
        edge = new EdgeDriver(world);
        port = world.freePort();
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @Test
    void aTargetGetsRequestsOnlyAfterItsCheckHasPassed() throws Exception {
        Backend a = world.backend(1, "web");
        a.healthy(false);
        edge.carry(table(port, web, a.target()));
        edge.until(() -> edge.state(a) == State.UNHEALTHY);
        assertEquals(503, world.get(port, "x", "/").status());
        a.healthy(true);
        edge.until(() -> edge.state(a) == State.HEALTHY);
        assertEquals("1", world.get(port, "x", "/").body());
    }

    @Test
    void aTargetIsInitialUntilItsChecksHaveDecided() throws Exception {
        edge.carry(table(port, web));
        edge.settle();
        Backend a = world.backend(1, "web");
        a.healthy(false);
        edge.carry(table(port, web, a.target()));
        edge.turn();
        edge.turn();
        assertEquals(State.INITIAL, edge.state(a));
    }

    @Test
    void addingAndRemovingTargetsLoadsNoConfiguration() throws Exception {
        edge.carry(table(port, web));
        edge.settle();
        int before = world.loads();
        Backend a = world.backend(1, "web");
        edge.carry(table(port, web, a.target()));
        edge.until(() -> edge.state(a) == State.HEALTHY);
        edge.carry(table(port, web, draining(a.target())));
        edge.until(() -> edge.state(a) == State.UNUSED);
        edge.carry(table(port, web));
        edge.until(() -> edge.observed().servers().isEmpty());
        assertEquals(before, world.loads());
        assertEquals(503, world.get(port, "x", "/").status());
    }

    @Test
    void aDrainingTargetEndsWhatItHasAndGetsNothingNew() throws Exception {
        Backend a = world.backend(1, "web");
        Backend b = world.backend(2, "web");
        edge.carry(table(port, web, a.target()));
        edge.until(() -> edge.state(a) == State.HEALTHY);
        Pending slow = world.begin(port, a);
        edge.carry(table(port, web, draining(a.target()), b.target()));
        edge.until(() -> edge.state(a) == State.DRAINING && edge.state(b) == State.HEALTHY);
        for (int i = 0; i < 20; i++) assertEquals("2", world.get(port, "x", "/").body());
        edge.settleFor(3);
        assertEquals(State.DRAINING, edge.state(a));
        assertEquals(200, slow.finish().status());
        edge.until(() -> edge.state(a) == State.UNUSED);
    }

    @Test
    void aTargetStopsDrainingWhenTheDelayHasPassed() throws Exception {
        TargetGroup hasty = group("web", 1);
        Backend a = world.backend(1, "web");
        edge.carry(table(port, hasty, a.target()));
        edge.until(() -> edge.state(a) == State.HEALTHY);
        Pending slow = world.begin(port, a);
        edge.carry(table(port, hasty, draining(a.target())));
        edge.until(() -> edge.state(a) == State.DRAINING);
        edge.until(() -> edge.state(a) == State.UNUSED);
        edge.carry(table(port, hasty));
        edge.until(() -> edge.observed().servers().isEmpty());
        slow.abandon();
    }

    @Test
    void aTargetThatLeavesTheTableWithoutDrainingEndsWhatItHas() throws Exception {
        Backend a = world.backend(1, "web");
        edge.carry(table(port, web, a.target()));
        edge.until(() -> edge.state(a) == State.HEALTHY);
        Pending slow = world.begin(port, a);
        edge.carry(table(port, web));
        edge.until(() -> edge.state(a) == State.DRAINING);
        assertEquals(200, slow.finish().status());
        edge.until(() -> edge.observed().servers().isEmpty());
    }

    @Test
    void aDrainingTargetWhoseProcessDiesIsUnusedAtOnce() throws Exception {
        Backend a = world.backend(1, "web");
        edge.carry(table(port, web, a.target()));
        edge.until(() -> edge.state(a) == State.HEALTHY);
        Pending slow = world.begin(port, a);
        edge.carry(table(port, web, draining(a.target())));
        edge.until(() -> edge.state(a) == State.DRAINING);
        a.kill();
        edge.until(() -> edge.state(a) == State.UNUSED);
        slow.abandon();
    }

    @Test
    void aTargetThatComesBackFromDrainingGetsRequestsAgain() throws Exception {
        Backend a = world.backend(1, "web");
        edge.carry(table(port, web, a.target()));
        edge.until(() -> edge.state(a) == State.HEALTHY);
        edge.carry(table(port, web, draining(a.target())));
        edge.until(() -> edge.state(a) == State.UNUSED);
        edge.carry(table(port, web, a.target()));
        edge.until(() -> edge.state(a) == State.HEALTHY);
        assertEquals("1", world.get(port, "x", "/").body());
    }

    @Test
    void aRequestThatIsUnderWayAtAReloadKeepsItsTargetDraining() throws Exception {
        Backend a = world.backend(1, "web");
        edge.carry(table(port, web, a.target()));
        edge.until(() -> edge.state(a) == State.HEALTHY);
        Pending slow = world.begin(port, a);
        int loads = world.loads();
        edge.carry(withGroup(table(port, web, draining(a.target())), group("other")));
        edge.until(() -> world.loads() > loads && edge.state(a) == State.DRAINING);
        edge.settleFor(5);
        assertEquals(State.DRAINING, edge.state(a));
        assertEquals(200, slow.finish().status());
        edge.until(() -> edge.state(a) == State.UNUSED);
    }

    @Test
    void aTargetThatFailsIsUnhealthyWithAReasonAndComesBack() throws Exception {
        Backend a = world.backend(1, "web");
        edge.carry(table(port, web, a.target()));
        edge.until(() -> edge.state(a) == State.HEALTHY);
        a.healthy(false);
        edge.until(() -> edge.state(a) == State.UNHEALTHY);
        assertTrue(edge.why(a).contains("503"), edge.why(a));
        a.healthy(true);
        edge.until(() -> edge.state(a) == State.HEALTHY);
    }

    @Test
    void aGetThatMeetsADeadTargetIsAnsweredByAnother() throws Exception {
        Backend a = world.backend(1, "web");
        Backend b = world.backend(2, "web");
        edge.carry(table(port, web, a.target(), b.target()));
        edge.until(() -> edge.state(a) == State.HEALTHY && edge.state(b) == State.HEALTHY);
        a.kill();
        for (int i = 0; i < 30; i++) assertEquals("2", world.get(port, "x", "/").body());
    }

    @Test
    void requestsAreSpreadOverTheTargets() throws Exception {
        Backend a = world.backend(1, "web");
        Backend b = world.backend(2, "web");
        edge.carry(table(port, web, a.target(), b.target()));
        edge.until(() -> edge.state(a) == State.HEALTHY && edge.state(b) == State.HEALTHY);
        Set<String> answered = new HashSet<>();
        for (int i = 0; i < 4; i++) answered.add(world.get(port, "x", "/").body());
        assertEquals(Set.of("1", "2"), answered);
    }

    @Test
    void aTargetInItsSlowStartHasALesserShareAlsoAfterALoad() throws Exception {
        TargetGroup slow = slow(web, 900);
        Backend a = world.backend(1, "web");
        Backend b = world.backend(2, "web");
        edge.carry(table(port, slow, a.target(), b.target()));
        edge.until(() -> edge.state(a) == State.HEALTHY && edge.state(b) == State.HEALTHY);
        assertEquals(SlowStart.LEAST, weight(a));
        assertEquals(Outcome.DONE, world.provider().act(new EdgeAction.SetWeight(ServerName.of(a.target()), 9)));
        assertShares(9);
        RoutingTable more = withGroup(table(port, slow, a.target(), b.target()), group("other"));
        int loads = world.loads();
        assertEquals(Outcome.DONE, world.provider().act(new EdgeAction.Configure(more)));
        assertEquals(loads + 1, world.loads());
        assertEquals(9, weight(a));
        assertShares(9);
    }

    /** Of ten requests each the first target's and the second one's. */
    private void assertShares(int first) throws Exception {
        Map<String, Integer> answers = new HashMap<>();
        for (int i = 0; i < 200; i++) answers.merge(world.get(port, "x", "/").body(), 1, Integer::sum);
        assertEquals(20.0 * first, answers.getOrDefault("1", 0), 10, answers.toString());
    }

    private int weight(Backend backend) throws Exception {
        return Objects.requireNonNull(world.provider().observe().servers().get(ServerName.of(backend.target())))
                .weight();
    }

    @Test
    void rulesDecideByPriorityHostAndPath() throws Exception {
        Backend api = world.backend(1, "api");
        Backend site = world.backend(2, "web");
        RoutingTable table = new RoutingTable(
                List.of(listener(port, Action.forward("web"))),
                List.of(
                        rule(port, 30, List.of(), List.of("/api/*"), fixed(410, "text/plain", "gone")),
                        rule(port, 10, List.of("api.*"), List.of("/api/*", "/v?"), Action.forward("api")),
                        rule(port, 20, List.of("*.old.example"), List.of(), fixed(404, "text/html", "<b>no</b>"))),
                List.of(group("api"), web),
                List.of(api.target(), site.target()));
        edge.carry(table);
        edge.until(() -> edge.state(api) == State.HEALTHY && edge.state(site) == State.HEALTHY);
        assertEquals("1", world.get(port, "API.example", "/api/x").body());
        assertEquals("1", world.get(port, "api.example:" + port, "/v2?q=/x").body());
        assertEquals("2", world.get(port, "api.example", "/v22").body());
        assertEquals("gone", world.get(port, "web.example", "/api/").body());
        assertEquals(404, world.get(port, "a.old.example", "/api/").status());
        assertEquals("2", world.get(port, "web.example", "/API/").body());
        assertEquals("2", world.get(port, "web.example", "/").body());
    }

    @Test
    void requestsAreDividedByWeightAndAChangeOfWeightsLoadsNoConfiguration() throws Exception {
        Backend blue = world.backend(1, "blue");
        Backend green = world.backend(2, "green");
        edge.carry(weighted(blue, 100, green, 0));
        edge.until(() -> edge.state(blue) == State.HEALTHY && edge.state(green) == State.HEALTHY);
        assertEquals(0, answeredBy(green, 200));
        int loads = world.loads();
        edge.carry(weighted(blue, 95, green, 5));
        edge.until(() -> edge.turn().isEmpty());
        int few = answeredBy(green, REQUESTS);
        assertTrue(few > 50 && few < 150, few + " of 2000 requests at 5 %, five standard deviations off");
        edge.carry(weighted(blue, 0, green, 7));
        edge.until(() -> edge.turn().isEmpty());
        assertEquals(200, answeredBy(green, 200));
        assertEquals(loads, world.loads());
    }

    @Test
    void weightsAreWhatTheyWereAfterALoadAndAfterACrash() throws Exception {
        Backend blue = world.backend(1, "blue");
        Backend green = world.backend(2, "green");
        edge.carry(weighted(blue, 1, green, 1));
        edge.until(() -> edge.state(blue) == State.HEALTHY && edge.state(green) == State.HEALTHY);
        RoutingTable onlyGreen = weighted(blue, 0, green, 1);
        edge.carry(onlyGreen);
        edge.until(() -> edge.turn().isEmpty());
        int loads = world.loads();
        edge.carry(withGroup(onlyGreen, group("other")));
        edge.until(() -> world.loads() > loads);
        edge.settle();
        assertEquals(100, answeredBy(green, 100));
        world.crash(TrafficWorld.Victim.MASTER);
        // A worker outlives its master for a moment, and answers.
        edge.until(() -> !edge.observed().running());
        edge.until(() -> world.answers(port));
        assertEquals(100, answeredBy(green, 100));
    }

    @Test
    void aRuleDividesItsOwnRequestsAmongFiveGroups() throws Exception {
        List<Backend> backends = new ArrayList<>();
        List<WeightedTargetGroup> groups = new ArrayList<>();
        for (int i = 0; i < Action.MAX_TARGET_GROUPS; i++) {
            backends.add(world.backend(i, "g" + i));
            groups.add(new WeightedTargetGroup("g" + i, i));
        }
        edge.carry(new RoutingTable(
                List.of(listener(port, fixed(404, null, null))),
                List.of(rule(port, 7, List.of(), List.of("/"), Action.forward(groups))),
                groups.stream().map(each -> group(each.targetGroup())).toList(),
                backends.stream().map(Backend::target).toList()));
        edge.until(() -> backends.stream().allMatch(backend -> edge.state(backend) == State.HEALTHY));
        Map<String, Integer> answered = new HashMap<>();
        for (int i = 0; i < REQUESTS; i++)
            answered.merge(world.get(port, "x", "/").body(), 1, Integer::sum);
        assertFalse(answered.containsKey("0"), answered.toString());
        for (int i = 1; i < Action.MAX_TARGET_GROUPS; i++)
            assertEquals(i * REQUESTS / 10.0, answered.get("" + i), 110, answered.toString());
        assertEquals(404, world.get(port, "x", "/other").status());
    }

    private int answeredBy(Backend backend, int requests) throws Exception {
        String number = "" + Integer.parseInt(backend.target().task().value(), 16);
        int answered = 0;
        for (int i = 0; i < requests; i++) if (world.get(port, "x", "/").body().equals(number)) answered++;
        return answered;
    }

    private RoutingTable weighted(Backend blue, int weight, Backend green, int otherWeight) {
        return new RoutingTable(
                List.of(listener(port, Tables.weighted("blue", weight, "green", otherWeight))),
                List.of(),
                List.of(group("blue"), group("green")),
                List.of(blue.target(), green.target()));
    }

    @Test
    void aGroupWithoutTargetsAndOneThatDoesNotExistAnswer503() throws Exception {
        RoutingTable table = new RoutingTable(
                List.of(listener(port, Action.forward("web"))),
                List.of(rule(port, 1, List.of(), List.of("/missing"), Action.forward("missing"))),
                List.of(web),
                List.of());
        edge.carry(table);
        edge.settle();
        assertEquals(503, world.get(port, "x", "/").status());
        assertEquals(503, world.get(port, "x", "/missing").status());
    }

    @Test
    void twoLoadBalancersOnOnePortAreAProblemThatNamesBoth() throws Exception {
        RoutingTable table = new RoutingTable(
                List.of(
                        listener("first", port, fixed(200, "text/plain", "first")),
                        listener("second", port, fixed(200, "text/plain", "second"))),
                List.of(),
                List.of(),
                List.of());
        edge.carry(table);
        edge.settle();
        assertEquals("first", world.get(port, "x", "/").body());
        String problem = String.join("", edge.problems());
        assertTrue(problem.contains("first") && problem.contains("second"), problem);
    }

    @Test
    void aPortThatSomebodyElseHasIsAProblemAndTheOthersAreCarried() throws Exception {
        int taken = world.freePort();
        world.takePort(taken, true);
        edge.carry(new RoutingTable(
                List.of(
                        listener(port, fixed(200, "text/plain", "free")),
                        listener(taken, fixed(200, "text/plain", "late"))),
                List.of(),
                List.of(),
                List.of()));
        edge.until(() -> edge.observed().running() && !edge.problems().isEmpty());
        assertEquals("free", world.get(port, "x", "/").body());
        world.takePort(taken, false);
        edge.until(() -> edge.problems().isEmpty());
        assertEquals("late", world.get(taken, "x", "/").body());
    }

    @Test
    void aProxyThatCrashesComesBackWithTheSameTargets() throws Exception {
        Backend a = world.backend(1, "web");
        Backend b = world.backend(2, "web");
        edge.carry(table(port, web, a.target(), b.target()));
        for (TrafficWorld.Victim victim : TrafficWorld.Victim.values()) {
            edge.until(() -> edge.state(a) == State.HEALTHY && edge.state(b) == State.HEALTHY);
            world.crash(victim);
            edge.until(() -> !edge.observed().running());
            assertEquals(State.HEALTHY, edge.state(a), "a proxy that is away says nothing about its targets");
            edge.until(() -> world.answers(port));
            edge.settle();
            assertEquals(2, edge.observed().servers().size());
        }
    }

    @Test
    void aNewProviderFindsTheProxyAndChangesNothing() throws Exception {
        Backend a = world.backend(1, "web");
        RoutingTable table = table(port, web, a.target());
        edge.carry(table);
        edge.until(() -> edge.state(a) == State.HEALTHY);
        int loads = world.loads();
        String identity = world.identity();
        world.recreateProvider();
        edge = new EdgeDriver(world);
        edge.carry(table);
        assertEquals(List.of(), edge.turn());
        assertEquals(State.HEALTHY, edge.state(a));
        assertEquals(loads, world.loads());
        assertEquals(identity, world.identity());
        assertEquals("1", world.get(port, "x", "/").body());
    }

    @Test
    void aTargetThatMovedIsReplaced() throws Exception {
        Backend a = world.backend(1, "web");
        edge.carry(table(port, web, a.target()));
        edge.until(() -> edge.state(a) == State.HEALTHY);
        Backend b = world.backend(2, "web");
        Target moved = Tables.target(1, "web", b.target().address(), b.target().port());
        edge.carry(table(port, web, moved));
        edge.until(() -> world.get(port, "x", "/").body().equals("2"));
        edge.until(() -> edge.state(a) == State.HEALTHY);
        assertFalse(edge.observed()
                .servers()
                .get(ServerName.of(moved))
                .at("127.0.0.1", a.target().port()));
    }

    private static RoutingTable withGroup(RoutingTable table, TargetGroup group) {
        return new RoutingTable(
                table.listeners(),
                table.rules(),
                Stream.concat(table.targetGroups().stream(), Stream.of(group)).toList(),
                table.targets());
    }
}
