package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StrategiesTest {
    private static final PlacementStrategy SPREAD_ZONES =
            new PlacementStrategy("spread", "attribute:" + Attribute.AVAILABILITY_ZONE);

    private final World world = new World();

    @Test
    void unlessAskedZonesAreFilledEvenlyAndThenHosts() {
        host("a1", 4096, "a");
        host("a2", 4096, "a");
        host("b1", 4096, "b");
        assertEquals(List.of("a1", "b1", "a2", "b1"), place(4));
    }

    @Test
    void unlessAskedTheEmptierHostComesFirst() {
        host("small", 1024, "a");
        host("large", 4096, "a");
        assertEquals(List.of("large", "small", "large"), place(3));
    }

    @Test
    void hostsWithoutAZoneFormOne() {
        host("a1", 4096, "a");
        world.host("none1", 4096, 4096);
        world.host("none2", 4096, 4096);
        assertEquals(List.of("a1", "none1", "none2", "a1"), place(4, SPREAD_ZONES));
    }

    @Test
    void aZoneWithoutRoomCountsAllTheSame() {
        host("a1", 100, "a");
        host("b1", 4096, "b");
        assertEquals(List.of("b1", "b1"), place(2));
    }

    @Test
    void spreadOverInstancesKnowsNoZones() {
        host("a1", 4096, "a");
        host("a2", 2048, "a");
        host("b1", 1024, "b");
        assertEquals(List.of("a1", "a2", "b1"), place(3, new PlacementStrategy("spread", "instanceId")));
        assertEquals(List.of("a1", "a2", "b1"), place(3, new PlacementStrategy("spread", "host")));
    }

    @Test
    void binpackFillsHostsInUseFirstAndThenOpensTheRoomiest() {
        world.host("cpu", 512, 256);
        world.host("memory", 256, 512);
        assertEquals(List.of("cpu", "cpu", "memory", "memory"), place(4, new PlacementStrategy("binpack", "cpu")));
        assertEquals(List.of("memory", "memory", "cpu", "cpu"), place(4, new PlacementStrategy("binpack", "memory")));
    }

    @Test
    void binpackFillsTheFullestHostInUseThatFits() {
        ContainerInstance fuller = world.host("fuller", 4096, 2048);
        ContainerInstance emptier = world.host("emptier", 4096, 4096);
        world.host("unused", 4096, 1024);
        world.put(GivenTask.task(101).on(fuller, LastStatus.RUNNING).build());
        world.put(GivenTask.task(102).on(emptier, LastStatus.RUNNING).build());
        PlacementStrategy binpack = new PlacementStrategy("binpack", "memory");
        assertEquals(Collections.nCopies(15, "fuller"), place(15, binpack));
    }

    @Test
    void aDaemonDoesNotBringAHostIntoUse() {
        ContainerInstance small = world.host("small", 4096, 1024);
        world.host("large", 4096, 4096);
        world.put(GivenTask.task(101)
                .ofDaemon("logs")
                .on(small, LastStatus.RUNNING)
                .build());
        assertEquals(List.of("large"), place(1, new PlacementStrategy("binpack", "memory")));
    }

    @Test
    void binpackIsWrittenInAnyCase() {
        world.host("cpu", 2048, 512);
        world.host("memory", 256, 4096);
        assertEquals(List.of("cpu"), place(1, new PlacementStrategy("binpack", "CPU")));
    }

    @Test
    void strategiesCountInTheirOrder() {
        host("a1", 4096, "a");
        host("a2", 1024, "a");
        host("b1", 2048, "b");
        PlacementStrategy binpack = new PlacementStrategy("binpack", "memory");
        assertEquals(List.of("a1", "b1", "b1", "a1"), place(4, SPREAD_ZONES, binpack));
        assertEquals(List.of("a1", "a1", "a1", "a1"), place(4, binpack, SPREAD_ZONES));
    }

    @Test
    void randomIsTheSameForTheSameTaskAndDiffersBetweenTasks() {
        for (int i = 0; i < 8; i++) world.host("host" + i, 4096, 4096);
        PlacementStrategy random = new PlacementStrategy("random", null);
        Set<String> chosen = new HashSet<>();
        for (int number = 1; number <= 64; number++) {
            Task task = GivenTask.task(number).strategy(random).build();
            String first = nameOf(Scheduler.place(task, null, fleet()));
            assertEquals(first, nameOf(Scheduler.place(task, null, fleet())));
            chosen.add(first);
        }
        assertTrue(chosen.size() > 4, "64 tasks met only " + chosen);
    }

    @Test
    void randomDrawsEveryHostThatFitsAsOften() {
        for (int i = 0; i < 8; i++) host("host" + i, i % 2 == 0 ? 4096 : 64, "a");
        Fleet fleet = fleet();
        Map<String, Integer> drawn = new HashMap<>();
        for (int number = 1; number <= 1000; number++) {
            Task task = GivenTask.task(number)
                    .strategy(new PlacementStrategy("random", null))
                    .build();
            drawn.merge(nameOf(Scheduler.place(task, null, fleet)), 1, Integer::sum);
        }
        assertEquals(Set.of("host0", "host2", "host4", "host6"), drawn.keySet());
        drawn.values().forEach(times -> assertEquals(250, times, 50));
    }

    @Test
    void randomDoesNotDependOnHowTheFleetHasSortedItsHosts() {
        for (int i = 0; i < 40; i++)
            world.host("host" + i, 4096, i % 4 == 0 ? 4096 : 64, new Attribute("rack", "r" + i % 5));
        Fleet sorted = fleet();
        sorted.ask(Demand.of(GivenTask.task(1).strategy(spreadOverRacks()).build(), null));
        assertEquals(5, sorted.classes());
        for (int number = 1; number <= 100; number++) {
            Task task = GivenTask.task(number)
                    .strategy(new PlacementStrategy("random", null))
                    .build();
            assertEquals(nameOf(Scheduler.place(task, null, fleet())), nameOf(Scheduler.place(task, null, sorted)));
        }
    }

    @Test
    void randomDrawsAmongTheLeastFilledOfWhatIsSpreadOverBefore() {
        for (int i = 0; i < 9; i++) world.host("host" + i, 4096, 4096, new Attribute("rack", "r" + i % 3));
        List<String> chosen = place(
                6, new PlacementStrategy("spread", "host"), spreadOverRacks(), new PlacementStrategy("random", null));
        assertEquals(6, Set.copyOf(chosen).size());
        Map<Integer, Long> byRack =
                chosen.stream().collect(Collectors.groupingBy(name -> name.charAt(4) % 3, Collectors.counting()));
        assertEquals(List.of(2L, 2L, 2L), List.copyOf(byRack.values()));
    }

    private static PlacementStrategy spreadOverRacks() {
        return new PlacementStrategy("spread", "attribute:rack");
    }

    @Test
    void saysByWhatItChose() {
        assertEquals(
                "spread over Availability Zones, then over hosts",
                Ranking.describe(Demand.of(GivenTask.task(1).build(), null)));
        Task task = GivenTask.task(1)
                .strategy(SPREAD_ZONES, new PlacementStrategy("binpack", "cpu"), new PlacementStrategy("random", null))
                .build();
        assertEquals(
                "spread by attribute:ecs.availability-zone, then binpack by cpu, then random",
                Ranking.describe(Demand.of(task, null)));
    }

    private void host(String name, int memory, String zone) {
        world.host(name, 4096, memory, new Attribute(Attribute.AVAILABILITY_ZONE, zone));
    }

    private Fleet fleet() {
        return Fleet.of(world.state(), World.CLUSTER);
    }

    /** Places tasks of 128 MiB one after the other; says where. */
    private List<String> place(int count, PlacementStrategy... strategies) {
        Fleet fleet = fleet();
        List<String> names = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            Task task = GivenTask.task(number).strategy(strategies).build();
            Placement placement = Scheduler.place(task, null, fleet);
            names.add(nameOf(placement));
            fleet.take((Placement.On) placement);
        }
        return names;
    }

    private static String nameOf(Placement placement) {
        return assertInstanceOf(Placement.On.class, placement, placement.why().summary())
                .host()
                .instance()
                .hostName();
    }
}
