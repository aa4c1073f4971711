package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.Sample;
import io.staithe.core.World;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.Resources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The index against the definition: whatever happens to the hosts, it finds what a scan of them all would. */
class FleetTest {
    private static final int[] NO_SLOTS = {};

    private final World world = new World();

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 120);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void findsWhatAScanOfAllHostsFinds(long seed) {
        Sample sample = new Sample(seed);
        RandomCluster cluster = new RandomCluster(world, sample);
        Fleet fleet = new Fleet();
        for (int number = 1; number <= 60; number++) {
            cluster.change(number);
            fleet.follow(world.state().loadsOf(World.CLUSTER));
            for (int i = 0; i < 3; i++) {
                Demand demand = cluster.demand();
                Host found = fleet.choose(demand, sample.number(), NO_SLOTS);
                assertIsBest(demand, fleet, found);
                if (found != null && sample.chance(0.5)) fleet.take(found, demand);
            }
        }
    }

    private static void assertIsBest(Demand demand, Fleet fleet, @Nullable Host found) {
        Optional<Host> best = Scan.choose(demand, fleet);
        fleet.hosts()
                .forEach(host -> assertEquals(
                        Scan.keepsSkew(demand, fleet, host),
                        new MaxSkew().check(demand, host).isEmpty()));
        if (found == null) {
            assertTrue(best.isEmpty(), () -> "missed " + best.get().instance().hostName());
            assertEquals(
                    fleet.size(),
                    Refusals.of(fleet, fleet.ask(demand)).stream()
                            .mapToInt(Refused::hosts)
                            .sum());
            return;
        }
        assertTrue(Scan.fits(demand, fleet, found));
        assertTrue(
                Scan.areEqual(demand, fleet, found, best.orElseThrow()),
                () -> "found " + Score.of(found, demand, fleet) + " instead of "
                        + Score.of(best.orElseThrow(), demand, fleet));
    }

    @Test
    void tellsHowTasksAreSpreadOverValuesOfAnAttribute() {
        Attribute ssd = new Attribute("disk", "ssd");
        ContainerInstance first = world.host("first", 4096, 4096, ssd);
        ContainerInstance second = world.host("second", 4096, 4096, ssd);
        ContainerInstance without = world.host("without", 4096, 4096);
        world.host("empty", 4096, 4096, new Attribute("disk", "hdd"));
        int number = 0;
        for (ContainerInstance host : List.of(first, second, without))
            world.put(GivenTask.task(++number).on(host, LastStatus.RUNNING).build());
        Fleet fleet = Fleet.of(world.state(), World.CLUSTER);
        assertEquals(Map.of("", 1, "hdd", 0, "ssd", 2), fleet.spread("family:web", "disk"));
        assertEquals(Map.of("", 0, "hdd", 0, "ssd", 0), fleet.spread("family:other", "disk"));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void followingIsTheSameAsStartingAnew(long seed) {
        Sample sample = new Sample(seed);
        RandomCluster cluster = new RandomCluster(world, sample);
        Fleet fleet = new Fleet();
        for (int number = 1; number <= 40; number++) {
            for (int i = sample.upTo(4); i >= 0; i--) cluster.change(100 * number + i);
            fleet.follow(world.state().loadsOf(World.CLUSTER));
            Fleet anew = Fleet.of(world.state(), World.CLUSTER);
            Demand demand = cluster.demand();
            Host one = fleet.choose(demand, number, NO_SLOTS);
            Host other = anew.choose(demand, number, NO_SLOTS);
            assertEquals(name(other), name(one));
            // What was taken and never written is forgotten.
            if (one != null) fleet.take(one, demand);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void goingBackToAMarkUndoesWhatWasTakenSince(long seed) {
        Sample sample = new Sample(seed);
        RandomCluster cluster = new RandomCluster(world, sample);
        for (int number = 1; number <= 20; number++) cluster.change(number);
        Fleet fleet = Fleet.of(world.state(), World.CLUSTER);
        for (int round = 0; round < 10; round++) {
            Demand demand = cluster.demand();
            List<String> before = rooms(fleet, demand);
            int mark = fleet.mark();
            for (int i = sample.upTo(5); i >= 0; i--) {
                Demand other = cluster.demand();
                Host host = fleet.choose(other, i, NO_SLOTS);
                if (host != null) fleet.take(host, other);
            }
            fleet.backTo(mark);
            assertEquals(before, rooms(fleet, demand));
            Host host = fleet.choose(demand, round, NO_SLOTS);
            assertIsBest(demand, fleet, host);
            if (host != null) fleet.take(host, demand);
        }
    }

    private static List<String> rooms(Fleet fleet, Demand demand) {
        return fleet.hosts()
                .map(host -> host.freeCpu() + " " + host.freeMemory() + " " + host.runningTasksCount() + " "
                        + host.tasksOf(demand.group()) + " " + Scan.fits(demand, fleet, host))
                .toList();
    }

    private static String name(@Nullable Host host) {
        return host == null ? "none" : host.instance().hostName();
    }

    @Test
    void hostsThatDifferInWhatNobodyAskedForAreOneClass() {
        for (int i = 0; i < 50; i++) world.host("host" + i, 1024, 1024, new Attribute("serial", "s" + i));
        Fleet fleet = Fleet.of(world.state(), World.CLUSTER);
        fleet.ask(demand(List.of()));
        assertEquals(1, fleet.classes());
        fleet.ask(demand(List.of(new PlacementConstraint("memberOf", "attribute:serial == s7"))));
        assertEquals(50, fleet.classes());
        assertNotNull(fleet.choose(
                demand(List.of(new PlacementConstraint("memberOf", "attribute:serial == s7"))), 0, NO_SLOTS));
    }

    @Test
    void aHostThatLeavesIsNotFound() {
        ContainerInstance host = world.host("only", 1024, 1024);
        Fleet fleet = Fleet.of(world.state(), World.CLUSTER);
        assertNotNull(fleet.choose(demand(List.of()), 0, NO_SLOTS));
        world.delete(host.key());
        fleet.follow(world.state().loadsOf(World.CLUSTER));
        assertNull(fleet.choose(demand(List.of()), 0, NO_SLOTS));
        assertEquals(0, fleet.size());
    }

    private static Demand demand(List<PlacementConstraint> constraints) {
        return new Demand(
                "family:web",
                null,
                new Resources(1, 1, 0),
                Set.of(),
                constraints,
                List.of(),
                List.of(),
                List.of(),
                null);
    }
}
