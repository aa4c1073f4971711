package io.staithe.capacity.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Sample;
import io.staithe.core.World;
import io.staithe.core.capacity.GivenHost;
import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.CapacityStatus.HostChange;
import io.staithe.core.model.DisruptionBudget;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.HostType;
import io.staithe.core.model.ManagedScaling;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.Rebalancing.Window;
import io.staithe.core.model.Task;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ConsolidatingTest {
    private static final int INTERVAL_SECONDS = 120;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(35);
    private static final Duration MOVE = Duration.ofSeconds(60);
    private static final HostType LARGE = GivenHost.type("large", 4096, 8192, 130_000);

    private final Provisioned given = new Provisioned();
    private final World world = given.world;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @Test
    void aHostGoesWhoseTasksHaveRoomOnOthers() {
        halfFull();
        assertEquals(2, given.hosts().size());
        given.pass(BETWEEN_LOOKS.plus(MOVE));
        assertEquals(List.of("small"), types());
        assertEquals(2, world.running("web").size());
        String said = "moves 1 task away from hosts that are given back";
        assertTrue(world.messages().stream().anyMatch(message -> message.contains(said)), said);
        assertEquals(2, given.provider.starts());
    }

    @Test
    void aCheaperHostIsBoughtFirstAndThenTheDearerOneDrains() {
        tooLarge();
        given.hostsJoin(false);
        given.pass(BETWEEN_LOOKS);
        assertEquals(List.of("large", "small"), types());
        assertEquals(1, world.running("web").size());
        assertEquals(ProvisionedHost.Status.READY, of("large").status());
        given.hostsJoin(true);
        given.pass(MOVE);
        assertEquals(List.of("small"), types());
        assertEquals(1, world.running("web").size());
        assertNull(change());
    }

    @Test
    void whatDoesNotJoinLetsTheOldHostStay() {
        tooLarge();
        given.hostsJoin(false);
        given.pass(BETWEEN_LOOKS.plusSeconds(65));
        assertEquals(List.of("large"), types());
        assertNull(change());
        assertTrue(
                world.messages().stream().anyMatch(message -> message.contains("that were to go for less stay")),
                String.valueOf(world.messages()));
        assertEquals(1, world.running("web").size());
    }

    @Test
    void aNewLeaderGoesOn() {
        tooLarge();
        given.hostsJoin(false);
        given.pass(BETWEEN_LOOKS);
        assertNotNull(change());
        world.failOver();
        given.hostsJoin(true);
        given.pass(MOVE);
        assertEquals(List.of("small"), types());
        assertEquals(2, given.provider.starts());
    }

    /** While the cheaper host comes, something takes the right to move away: it is given back. */
    @Test
    void aTaskThatIsProtectedMeanwhileStays() {
        tooLarge();
        given.hostsJoin(false);
        given.pass(BETWEEN_LOOKS);
        protect();
        given.hostsJoin(true);
        given.pass(Duration.ofSeconds(60));
        assertEquals(List.of("large"), types());
    }

    @Test
    void protectedTasksStayAsLongAsTheyAre() {
        group(rules(List.of()), GivenHost.small(), LARGE);
        run(8, 1);
        Task task = protect();
        given.pass(Duration.ofMinutes(5));
        assertEquals(List.of("large"), types());
        assertEquals(task.id(), world.running("web").get(0).id());
        given.pass(Duration.ofMinutes(6));
        assertEquals(List.of("small"), types());
    }

    /** The mover's limits hold, and those of the service. */
    @ParameterizedTest
    @CsvSource({"true, 30, 0, 10, false", "false, 30, 0, 10, true", "true, 30, 0, 0, true", "true, 30, 3600, 10, true"})
    void nothingMovesBeyondTheBudgets(boolean enabled, int perHour, int age, int ofService, boolean stays) {
        group(rules(List.of()), GivenHost.small(), LARGE);
        rebalancing(new Rebalancing(enabled, 2, perHour, age, false, List.of()));
        run(8, 1, new DisruptionBudget(ofService, ofService));
        given.pass(Duration.ofMinutes(5));
        assertEquals(stays ? List.of("large") : List.of("small"), types());
    }

    @ParameterizedTest
    @CsvSource({"true, true, true", "false, true, false", "true, false, true", "false, false, true"})
    void onlyHostsThatMayBeDrainedGo(boolean termination, boolean draining, boolean stays) {
        group(rules(List.of()), GivenHost.small(), LARGE);
        world.put(provider(termination, draining));
        run(8, 1);
        given.pass(Duration.ofMinutes(5));
        assertEquals(stays ? List.of("large") : List.of("small"), types());
    }

    @Test
    void outsideOfTheWindowsHostsStay() {
        LocalTime opens = LocalTime.ofInstant(world.now, ZoneOffset.UTC).plusMinutes(10);
        group(rules(List.of(new Window(List.of(), opens, opens.plusMinutes(5), "UTC"))), GivenHost.small(), LARGE);
        run(8, 1);
        given.pass(Duration.ofMinutes(8));
        assertEquals(List.of("large"), types());
        given.pass(Duration.ofMinutes(3));
        assertEquals(List.of("small"), types());
    }

    @Test
    void aYoungHostStays() {
        HostGroup group = group(rules(List.of()), GivenHost.small(), LARGE);
        world.put(with(group, group.consolidation(), 600, group.minHosts()));
        run(8, 1);
        given.pass(Duration.ofMinutes(8));
        assertEquals(List.of("large"), types());
        given.pass(Duration.ofMinutes(3));
        assertEquals(List.of("small"), types());
    }

    /** With as many hosts as there have to be, only cheaper ones are a gain. */
    @Test
    void theLeastNumberOfHostsIsKept() {
        HostGroup group = group(rules(List.of()), GivenHost.small());
        world.put(with(group, group.consolidation(), 0, 2));
        run(4, 2);
        given.pass(Duration.ofMinutes(10));
        assertEquals(2, given.hosts().size());
        assertEquals(2, given.provider.starts());
    }

    @Test
    void groupsWithoutConsolidationKeepTheirHosts() {
        group(null, GivenHost.small(), LARGE);
        run(8, 1);
        given.pass(Duration.ofMinutes(10));
        assertEquals(List.of("large"), types());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void itComesToRestAndNeverCostsMore(long seed) {
        Sample sample = new Sample(seed);
        group(rules(List.of()), GivenHost.small(), LARGE, GivenHost.type("thin", 2048, 1024, 60_000));
        rebalancing(new Rebalancing(true, 2, sample.pick(5, 1000), 0, false, List.of()));
        for (int service = 0; service < 3; service++)
            given.service(
                    "s" + service,
                    given.definition("s" + service, sample.pick(128, 256, 512), sample.pick(128, 512, 1024)),
                    sample.upTo(10),
                    "pool:1:0");
        given.converge();
        Instant lastChange = null;
        for (int step = 0; step < 4; step++) {
            given.scale("s" + sample.upTo(3) % 3, sample.upTo(10));
            given.converge();
            given.pass(Duration.ofSeconds(INTERVAL_SECONDS / 2));
        }
        given.pass(Duration.ofSeconds(40));
        long cost = cost();
        int changes = 0;
        for (int second = 0; second < 1200; second += 20) {
            Instant before = world.state().capacityStatus(World.CLUSTER).changedMindAt();
            world.pass(Duration.ofSeconds(20));
            given.converge();
            Instant at = world.state().capacityStatus(World.CLUSTER).changedMindAt();
            if (at != null && !at.equals(before)) {
                changes++;
                if (lastChange != null)
                    assertTrue(!at.isBefore(lastChange.plusSeconds(INTERVAL_SECONDS)), "changed again at " + at);
                lastChange = at;
            }
            if (change() == null) {
                assertTrue(cost() <= cost, "costs more");
                cost = cost();
            }
            assertTrue(world.state().waitingTasks(World.CLUSTER).isEmpty(), "a task waits");
        }
        assertTrue(changes < 10, "no end of changes");
        assertTrue(lastChange == null || lastChange.plusSeconds(300).isBefore(world.now), "not at rest");
    }

    /** Two hosts with one task each that would fit one. */
    private void halfFull() {
        group(rules(List.of()), GivenHost.small());
        run(4, 2);
    }

    /** A large host with a task for which a small one would do. */
    private void tooLarge() {
        group(rules(List.of()), GivenHost.small(), LARGE);
        run(8, 1);
        assertEquals(List.of("large"), types());
    }

    private void run(int tasks, int then) {
        run(tasks, then, null);
    }

    private void run(int tasks, int then, @Nullable DisruptionBudget budget) {
        given.service("web", given.definition("web", 512, 1024), tasks, "pool:1:0");
        world.put(world.service("web").but().disruptionBudget(budget).build());
        given.converge();
        given.scale("web", then);
        world.settle();
        given.converge();
    }

    private Task protect() {
        Task task = world.running("web").get(0);
        return world.put(task.but()
                .protectedUntil(world.now.plus(Duration.ofMinutes(10)))
                .build());
    }

    private HostGroup group(HostGroup.@Nullable Consolidation rules, HostType... types) {
        world.put(provider(false, true));
        rebalancing(new Rebalancing(true, 2, 30, 0, false, List.of()));
        return world.put(with(GivenHost.group("hosts", 0, 20, types), rules, 0, 0));
    }

    private CapacityProvider provider(boolean termination, boolean draining) {
        return new CapacityProvider(
                "pool", "hosts", ManagedScaling.DEFAULT, termination, draining, List.of(), world.now);
    }

    private void rebalancing(Rebalancing to) {
        world.put(world.state()
                .cluster(World.CLUSTER)
                .orElseThrow()
                .but()
                .rebalancing(to)
                .build());
    }

    private static HostGroup.Consolidation rules(List<Window> windows) {
        return new HostGroup.Consolidation(10, INTERVAL_SECONDS, windows);
    }

    private static HostGroup with(HostGroup group, HostGroup.@Nullable Consolidation rules, int life, int min) {
        return new HostGroup(
                group.name(),
                group.provider(),
                group.cluster(),
                null,
                false,
                group.types(),
                group.unitPrices(),
                min,
                group.maxHosts(),
                null,
                60,
                30,
                life,
                rules,
                List.of(),
                Map.of(),
                Instant.EPOCH);
    }

    private @Nullable HostChange change() {
        return world.state().capacityStatus(World.CLUSTER).change();
    }

    private ProvisionedHost of(String type) {
        return given.hosts().stream()
                .filter(host -> host.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private long cost() {
        return given.hosts().stream().mapToLong(ProvisionedHost::microsPerHour).sum();
    }

    private List<String> types() {
        return given.hosts().stream().map(ProvisionedHost::type).sorted().toList();
    }
}
