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
import io.staithe.core.model.HostPort;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Task;
import java.util.ArrayList;
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
        Fleet fleet = new Fleet();
        List<Task> running = new ArrayList<>();
        List<ContainerInstance> hosts = new ArrayList<>();
        for (int number = 1; number <= 60; number++) {
            changeTheWorld(sample, number, hosts, running);
            fleet.follow(world.state().loadsOf(World.CLUSTER));
            for (int i = 0; i < 3; i++) {
                Demand demand = demand(sample);
                Host found = fleet.choose(demand, sample.number(), NO_SLOTS);
                assertIsBest(demand, fleet, found);
                if (found != null && sample.chance(0.5)) fleet.take(found, demand);
            }
        }
    }

    private static void assertIsBest(Demand demand, Fleet fleet, @Nullable Host found) {
        Optional<Host> best = Scan.choose(demand, fleet);
        if (found == null) {
            assertTrue(best.isEmpty(), () -> "missed " + best.get().instance().hostName());
            assertEquals(
                    fleet.size(),
                    Refusals.of(fleet, fleet.ask(demand)).stream()
                            .mapToInt(Refused::hosts)
                            .sum());
            return;
        }
        assertTrue(Scan.fits(demand, found));
        if (!isRandom(demand))
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
        Fleet fleet = new Fleet();
        List<Task> running = new ArrayList<>();
        List<ContainerInstance> hosts = new ArrayList<>();
        for (int number = 1; number <= 40; number++) {
            for (int i = sample.upTo(4); i >= 0; i--) changeTheWorld(sample, 100 * number + i, hosts, running);
            fleet.follow(world.state().loadsOf(World.CLUSTER));
            Fleet anew = Fleet.of(world.state(), World.CLUSTER);
            Demand demand = demand(sample);
            Host one = fleet.choose(demand, number, NO_SLOTS);
            Host other = anew.choose(demand, number, NO_SLOTS);
            if (isRandom(demand)) assertEquals(other == null, one == null);
            else assertEquals(name(other), name(one));
            // What was taken and never written is forgotten.
            if (one != null) fleet.take(one, demand);
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void goingBackToAMarkUndoesWhatWasTakenSince(long seed) {
        Sample sample = new Sample(seed);
        List<Task> running = new ArrayList<>();
        List<ContainerInstance> hosts = new ArrayList<>();
        for (int number = 1; number <= 20; number++) changeTheWorld(sample, number, hosts, running);
        Fleet fleet = Fleet.of(world.state(), World.CLUSTER);
        for (int round = 0; round < 10; round++) {
            Demand demand = demand(sample);
            List<String> before = rooms(fleet, demand);
            int mark = fleet.mark();
            for (int i = sample.upTo(5); i >= 0; i--) {
                Demand other = demand(sample);
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
                        + host.tasksOf(demand.group()) + " " + Scan.fits(demand, host))
                .toList();
    }

    private static boolean isRandom(Demand demand) {
        return demand.strategies().stream().anyMatch(s -> s.type().equals("random"));
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
        return new Demand("family:web", new Resources(1, 1, 0), Set.of(), constraints, List.of(), null);
    }

    private void changeTheWorld(Sample sample, int number, List<ContainerInstance> hosts, List<Task> running) {
        if (hosts.size() < 3 || sample.chance(0.2)) {
            hosts.add(world.host(
                    "host" + number,
                    sample.between(1, 8) * 512,
                    sample.between(1, 8) * 512,
                    new Attribute("disk", sample.pick("ssd", "hdd")),
                    new Attribute("rack", sample.pick("r1", "r2", "r3")),
                    new Attribute(Attribute.AVAILABILITY_ZONE, sample.pick("a", "b", "c"))));
        } else if (sample.chance(0.1)) {
            world.put(sample.pick(hosts)
                    .but()
                    .status(sample.pick(ContainerInstance.Status.values()))
                    .build());
        } else if (sample.chance(0.1)) {
            world.disconnects(sample.pick(hosts));
        } else if (!running.isEmpty() && sample.chance(0.4)) {
            Task task = running.remove(sample.upTo(running.size()));
            world.put(task.but().stoppedAt(world.now).build());
        } else {
            Task task = GivenTask.task(number)
                    .group("service:" + sample.upTo(3))
                    .needs(sample.upTo(4) * 128, sample.upTo(4) * 128, 0)
                    .on(sample.pick(hosts), LastStatus.RUNNING)
                    .build();
            running.add(task);
            world.put(task);
        }
    }

    private static Demand demand(Sample sample) {
        List<PlacementConstraint> constraints = new ArrayList<>();
        if (sample.chance(0.3)) constraints.add(new PlacementConstraint("distinctInstance", null));
        if (sample.chance(0.3))
            constraints.add(new PlacementConstraint("memberOf", "attribute:disk == " + sample.pick("ssd", "hdd")));
        List<PlacementStrategy> strategies = new ArrayList<>();
        for (int i = sample.upTo(4); i > 0; i--)
            strategies.add(sample.pick(
                    new PlacementStrategy("spread", "instanceId"),
                    new PlacementStrategy("spread", "attribute:rack"),
                    new PlacementStrategy("spread", "attribute:" + Attribute.AVAILABILITY_ZONE),
                    new PlacementStrategy("binpack", "memory"),
                    new PlacementStrategy("binpack", "cpu"),
                    new PlacementStrategy("random", null)));
        return new Demand(
                "service:" + sample.upTo(3),
                new Resources(sample.upTo(8) * 128, sample.upTo(8) * 128, 0),
                sample.chance(0.2) ? Set.of(new HostPort("tcp", 80 + sample.upTo(2))) : Set.of(),
                constraints,
                strategies,
                null);
    }
}
