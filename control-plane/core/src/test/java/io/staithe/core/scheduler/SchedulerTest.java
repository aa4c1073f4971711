package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.Sample;
import io.staithe.core.World;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.PlacementReport;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Task;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SchedulerTest {
    private final World world = new World();

    @Test
    void withoutAHostItSaysSo() {
        Placement.Nowhere nowhere = nowhere(GivenTask.task(1));
        assertEquals("the cluster has no host", nowhere.why().summary());
        assertEquals("EMPTY CAPACITY", nowhere.code());
    }

    @Test
    void hostsThatAreGoneAreNoCapacity() {
        world.put(world.host("gone", 1024, 1024)
                .but()
                .status(ContainerInstance.Status.LOST)
                .build());
        Placement.Nowhere nowhere = nowhere(GivenTask.task(1));
        assertEquals("EMPTY CAPACITY", nowhere.code());
        assertEquals("no host fits: 1 of 1 (gone is lost)", nowhere.why().summary());
    }

    @Test
    void saysHowManyHostsLackWhatAndWhichIsNearest() {
        world.host("tiny", 1024, 256);
        world.host("small", 1024, 512);
        world.host("weak", 128, 4096);
        world.put(world.host("old", 1024, 4096)
                .but()
                .status(ContainerInstance.Status.DRAINING)
                .build());
        Placement.Nowhere nowhere = nowhere(GivenTask.task(1).needs(256, 1024, 0));
        assertEquals(
                "no host fits: 2 of 4 (small needs 1024 MiB of memory, has 512 free);"
                        + " 1 of 4 (weak needs 256 CPU units, has 128 free); 1 of 4 (old is draining)",
                nowhere.why().summary());
        assertEquals("RESOURCE:MEMORY", nowhere.code());
    }

    @Test
    void ofTwoReasonsThatAreEquallyFrequentTheFirstRulesIsTold() {
        world.host("weak", 128, 4096);
        world.host("small", 1024, 512);
        assertEquals(
                "RESOURCE:MEMORY",
                nowhere(GivenTask.task(1).needs(256, 1024, 0)).code());
    }

    @Test
    void theFirstRuleThatIsBrokenIsTold() {
        world.put(world.host("both", 1, 1)
                .but()
                .status(ContainerInstance.Status.DRAINING)
                .build());
        world.host("small", 1, 1);
        Placement.Nowhere nowhere = nowhere(GivenTask.task(1).constraint("memberOf", "attribute:disk exists"));
        assertEquals(
                List.of("INACTIVE", "MemberOf"),
                nowhere.refused().stream().map(Refused::code).toList());
    }

    @Test
    void anAttributeThatNoHostHasIsToldAsSuch() {
        world.put(world.host("one", 1024, 1024)
                .but()
                .attributes(List.of(new Attribute("disk", "hdd")))
                .build());
        world.host("two", 1024, 1024);
        assertEquals(
                "no host fits: 2 of 2 (one does not match attribute:rack == 1 (no host has an attribute rack))",
                nowhere(GivenTask.task(1).constraint("memberOf", "attribute:rack == 1"))
                        .why()
                        .summary());
        assertFalse(nowhere(GivenTask.task(1).constraint("memberOf", "attribute:disk == ssd"))
                .why()
                .summary()
                .contains("no host has"));
    }

    @Test
    void saysAmongHowManyItChose() {
        world.host("good", 1024, 1024);
        world.host("small", 1024, 64);
        Placement placement = Scheduler.place(GivenTask.task(1).build(), null, fleet());
        assertEquals(
                "best of 2 hosts by spread over Availability Zones, then over hosts: 0 of its group where"
                        + " ecs.availability-zone is not set, 0 on the host, 1024 MiB free",
                placement.why().summary());
        assertEquals(1, placement.why().candidates().size());
    }

    @Test
    void namesTheHostsThatCameNext() {
        world.host("first", 1024, 300);
        world.host("second", 1024, 400);
        world.host("third", 1024, 500);
        world.host("fourth", 1024, 600);
        Task task = GivenTask.task(1)
                .strategy(new PlacementStrategy("binpack", "memory"))
                .build();
        PlacementReport why = Scheduler.place(task, null, fleet()).why();
        assertEquals("best of 4 hosts by binpack by memory: unused, 600 MiB free", why.summary());
        assertEquals(
                List.of("fourth: unused, 600 MiB free", "third: unused, 500 MiB free", "second: unused, 400 MiB free"),
                why.candidates().stream()
                        .map(candidate -> candidate.hostName() + ": " + candidate.score())
                        .toList());
    }

    @Test
    void aTaskThatCannotBeUnderstoodKeepsNobodyElseWaiting() {
        world.host("host", 4096, 4096);
        world.put(GivenTask.task(1).constraint("memberOf", "disk is fast").build());
        Task good = GivenTask.task(2).of(world.definition("web", 1, 128)).build();
        world.put(good);
        world.settle();
        assertTrue(world.task(good.id()).instance() != null);
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsOvercommittedAndConstraintsHold(long seed) {
        Sample sample = new Sample(seed);
        Fleet fleet = fleet(sample);
        Map<Host, List<Task>> placed = new HashMap<>();
        for (int number = 1; number <= 40; number++) {
            Task task = task(sample, number);
            if (Scheduler.place(task, null, fleet) instanceof Placement.On on) {
                fleet.take(on);
                placed.computeIfAbsent(on.host(), host -> new ArrayList<>()).add(task);
            }
        }
        placed.forEach(SchedulerTest::check);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatHasNoPlaceHasAReasonOnEveryHost(long seed) {
        Sample sample = new Sample(seed);
        Fleet fleet = fleet(sample);
        for (int number = 1; number <= 40; number++) {
            Task task = task(sample, number);
            Placement placement = Scheduler.place(task, null, fleet);
            if (placement instanceof Placement.On on) fleet.take(on);
            if (placement instanceof Placement.Nowhere nowhere)
                assertEquals(
                        fleet.size(),
                        nowhere.refused().stream().mapToInt(Refused::hosts).sum(),
                        nowhere.why().summary());
        }
    }

    private static void check(Host host, List<Task> tasks) {
        assertTrue(host.freeCpu() >= 0 && host.freeMemory() >= 0 && host.freeGpus() >= 0, "overcommitted");
        assertEquals(ContainerInstance.Status.ACTIVE, host.instance().status());
        Set<HostPort> ports = new HashSet<>();
        for (Task task : tasks) {
            for (HostPort port : task.hostPorts()) assertTrue(ports.add(port), port + " is taken twice");
            task.placementConstraints().forEach(constraint -> {
                if (constraint.type().equals("memberOf"))
                    assertEquals("ssd", host.instance().attribute("disk").orElse(""));
            });
        }
        Map<String, Integer> distinct = new HashMap<>();
        for (Task task : tasks)
            if (task.placementConstraints().stream().anyMatch(c -> c.type().equals("distinctInstance")))
                distinct.merge(task.group(), 1, Integer::sum);
        assertTrue(distinct.values().stream().allMatch(count -> count == 1), "two of a group that wants one");
    }

    private Fleet fleet(Sample sample) {
        for (int i = sample.between(1, 8); i > 0; i--) {
            ContainerInstance host = world.host(
                    "host" + i,
                    sample.between(256, 4096),
                    sample.between(256, 4096),
                    new Attribute("disk", sample.pick("ssd", "hdd")),
                    new Attribute(Attribute.AVAILABILITY_ZONE, sample.pick("a", "b")));
            if (sample.chance(0.2))
                world.put(host.but().status(ContainerInstance.Status.DRAINING).build());
        }
        return fleet();
    }

    private static Task task(Sample sample, int number) {
        GivenTask task = GivenTask.task(number)
                .group("service:" + sample.upTo(3))
                .needs(sample.between(0, 512), sample.between(6, 1024), 0);
        if (sample.chance(0.3)) task.ports(new HostPort("tcp", 80 + sample.upTo(3)));
        if (sample.chance(0.2)) task.constraint("distinctInstance", null);
        else if (sample.chance(0.2)) task.constraint("memberOf", "attribute:disk == ssd");
        if (sample.chance(0.5))
            task.strategy(sample.pick(
                    new PlacementStrategy("spread", "instanceId"),
                    new PlacementStrategy("binpack", "memory"),
                    new PlacementStrategy("random", null)));
        return task.build();
    }

    private Placement.Nowhere nowhere(GivenTask task) {
        return assertInstanceOf(Placement.Nowhere.class, Scheduler.place(task.build(), null, fleet()));
    }

    private Fleet fleet() {
        return Fleet.of(world.state(), World.CLUSTER);
    }
}
