package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.PlacementPolicy.Skew;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaxSkewTest {
    private static final String NOTHING_AGAINST_IT = "-";
    private static final String ZONE = "attribute:" + Attribute.AVAILABILITY_ZONE;

    private final World world = new World();
    private int tasks = 100;

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, -",
        "1, 1, 1, -",
        "1, 0, 1, 'zone b would have 2 more than zone a, at most 1 allowed'",
        "1, 1, 3, 'zone b would have 3 more than zone a, at most 1 allowed'",
        "3, 1, 3, -",
        "3, 0, 3, 'zone b would have 4 more than zone a, at most 3 allowed'",
        "1, 5, 0, -",
    })
    void aZoneMayHaveSoManyMoreThanTheLeastFilled(int max, int inA, int inB, String verdict) {
        run(inA, host("a1", "a"));
        run(inB, host("b1", "b"));
        assertEquals(verdict, verdictOn("b1", given(ZONE, max)));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, -",
        "1, 1, 'would have 2 more than the host with the fewest of its group, at most 1 allowed'",
        "2, 1, -",
    })
    void aHostMayHaveSoManyMoreThanTheOneWithTheFewest(int max, int onIt, String verdict) {
        host("a1", "a");
        run(onIt, host("a2", "a"));
        assertEquals(verdict, verdictOn("a2", given("instanceId", max)));
    }

    @Test
    void theTasksOfOtherGroupsDoNotCount() {
        host("a1", "a");
        ContainerInstance b1 = host("b1", "b");
        world.put(GivenTask.task(1)
                .group("family:other")
                .on(b1, LastStatus.RUNNING)
                .build());
        assertEquals(NOTHING_AGAINST_IT, verdictOn("b1", given(ZONE, 1)));
    }

    @Test
    void zonesThatNoRuleAboutHostsLeavesOpenDoNotCount() {
        ContainerInstance a1 = host("a1", "a");
        run(2, host("b1", "b"));
        world.put(a1.but().status(ContainerInstance.Status.DRAINING).build());
        assertEquals(NOTHING_AGAINST_IT, verdictOn("b1", given(ZONE, 1)));
        world.put(a1);
        GivenTask inB = given(ZONE, 1).constraint("memberOf", ZONE + " == b");
        assertEquals(NOTHING_AGAINST_IT, verdictOn("b1", inB));
    }

    @Test
    void aZoneWithoutRoomHoldsTheOthersBack() {
        world.host("a1", 0, 0, new Attribute(Attribute.AVAILABILITY_ZONE, "a"));
        run(1, host("b1", "b"));
        Placement.Nowhere nowhere = assertInstanceOf(Placement.Nowhere.class, place(given(ZONE, 1)));
        assertEquals(
                "no host fits: 1 of 2 (a1 needs 128 MiB of memory, has 0 free); "
                        + "1 of 2 (b1 zone b would have 2 more than zone a, at most 1 allowed)",
                nowhere.why().summary());
        assertEquals(
                List.of("RESOURCE:MEMORY", "MaxSkew"),
                nowhere.refused().stream().map(Refused::code).toList());
    }

    @Test
    void theNearestMissIsTheZoneWithTheLeastTooMany() {
        world.host("a1", 0, 0, new Attribute("rack", "r1"));
        run(5, world.host("b1", 4096, 4096, new Attribute("rack", "r2")));
        run(2, world.host("c1", 4096, 4096));
        Placement.Nowhere nowhere = assertInstanceOf(Placement.Nowhere.class, place(given("attribute:rack", 1)));
        Refused skew = nowhere.refused().get(1);
        assertEquals(2, skew.hosts());
        assertEquals(
                "rack (not set) would have 3 more than rack r1, at most 1 allowed",
                skew.veto().message());
    }

    @Test
    void hostsWithTooManyAreToldOneByOne() {
        world.host("small", 0, 0);
        run(1, world.host("one", 4096, 4096));
        run(2, world.host("two", 4096, 4096));
        Placement.Nowhere nowhere = assertInstanceOf(Placement.Nowhere.class, place(given("instanceId", 1)));
        Refused skew = nowhere.refused().get(1);
        assertEquals("MaxSkew", skew.code());
        assertEquals(2, skew.hosts());
        assertEquals("one", skew.nearest().instance().hostName());
    }

    @Test
    void bindsWhateverTheStrategyIs() {
        host("a1", "a");
        host("b1", "b");
        Fleet fleet = fleet();
        PlacementStrategy binpack = new PlacementStrategy("binpack", "memory");
        List<String> chosen = new ArrayList<>();
        for (int number = 1; number <= 4; number++) {
            Placement.On on = (Placement.On)
                    Scheduler.place(given(ZONE, 1).strategy(binpack).build(), null, fleet);
            chosen.add(on.host().instance().hostName());
            fleet.take(on);
        }
        assertEquals(List.of("a1", "b1", "b1", "a1"), chosen);
    }

    @Test
    void aTaskThatFillsAZoneOpensTheOthersInTheSamePass() {
        HostPort web = new HostPort("tcp", 80);
        world.put(GivenTask.task(10)
                .group("family:other")
                .ports(web)
                .on(host("a1", "a"), LastStatus.RUNNING)
                .build());
        run(1, host("b1", "b"));
        PlacementPolicy even = policy(ZONE, 1);
        Task onlyInB = GivenTask.task(1).ports(web).policy(even).build();
        Task anywhere = GivenTask.task(2).policy(even).build();
        List.of(onlyInB, anywhere).forEach(world::put);
        Pass pass = new Pass(world.state(), World.CLUSTER, fleet(), world.now);
        assertInstanceOf(Placement.Nowhere.class, decide(pass, onlyInB));
        assertInstanceOf(Placement.On.class, decide(pass, anywhere));
        assertInstanceOf(Placement.On.class, decide(pass, onlyInB));
    }

    @Test
    void noRoomIsMadeWhereTheSkewIsTooLarge() {
        ContainerInstance a1 = world.host("a1", 128, 128, new Attribute(Attribute.AVAILABILITY_ZONE, "a"));
        world.put(GivenTask.task(10)
                .group("family:low")
                .on(a1, LastStatus.RUNNING)
                .build());
        run(1, host("b1", "b"));
        Task high = GivenTask.task(1)
                .policy(new PlacementPolicy(5, List.of(), List.of(new Skew(ZONE, 1)), false, 0, null))
                .build();
        world.put(high);
        Placement.Later later = assertInstanceOf(
                Placement.Later.class, decide(new Pass(world.state(), World.CLUSTER, fleet(), world.now), high));
        assertEquals("a1", later.host().instance().hostName());
    }

    private static Placement decide(Pass pass, Task task) {
        return pass.decide(List.of(task)).get(0);
    }

    private ContainerInstance host(String name, String zone) {
        return world.host(name, 4096, 4096, new Attribute(Attribute.AVAILABILITY_ZONE, zone));
    }

    private void run(int count, ContainerInstance on) {
        for (int i = 0; i < count; i++)
            world.put(GivenTask.task(++tasks).on(on, LastStatus.RUNNING).build());
    }

    private static GivenTask given(String field, int max) {
        return GivenTask.task(1).policy(policy(field, max));
    }

    private static PlacementPolicy policy(String field, int max) {
        return new PlacementPolicy(0, List.of(), List.of(new Skew(field, max)), false, 0, null);
    }

    private Fleet fleet() {
        return Fleet.of(world.state(), World.CLUSTER);
    }

    private Placement place(GivenTask task) {
        return Scheduler.place(task.build(), null, fleet());
    }

    private String verdictOn(String name, GivenTask task) {
        Host host = fleet().hosts()
                .filter(each -> each.instance().hostName().equals(name))
                .findFirst()
                .orElseThrow();
        return new MaxSkew()
                .check(Demand.of(task.build(), null), host)
                .map(Veto::message)
                .orElse(NOTHING_AGAINST_IT);
    }
}
