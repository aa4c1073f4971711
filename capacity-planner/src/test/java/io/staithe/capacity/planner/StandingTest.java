package io.staithe.capacity.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.World;
import io.staithe.core.capacity.GivenHost;
import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.ManagedScaling;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people are told of the hosts of capacity providers is what the planner goes by. */
class StandingTest {
    private final Provisioned given = new Provisioned();
    private final World world = given.world;
    private final TaskDefinition web = given.definition("web", 512, 1024);

    /** Two tasks fit a host. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            # min, target, tasks, hosts, in use, wanted, reservation
            0,     100,    0,     0,     0,      0,      100
            0,     100,    2,     1,     1,      1,      100
            0,     50,     1,     2,     1,      2,      50
            2,     100,    1,     2,     1,      2,      50
            3,     100,    0,     3,     0,      3,      0
            """)
    void hostsInUseAgainstTheTarget(int min, int target, int tasks, int hosts, int inUse, int wanted, int reservation) {
        pool(min, target);
        given.service("web", web, tasks, "pool:1:0");
        given.converge();
        Standing standing = standing("pool");
        assertEquals(
                List.of(hosts, inUse, wanted, reservation, target),
                List.of(
                        standing.hosts(),
                        standing.inUse(),
                        standing.wanted(),
                        standing.reservation(),
                        standing.targetCapacity()));
    }

    @Test
    void anEmptyHostGoesWhenItIsSaidToGo() {
        pool(0, 100);
        given.service("web", web, 2, "pool:1:0");
        given.converge();
        assertEquals("tasks run on it", standing("pool").fates().get(0).why());
        given.scale("web", 0);
        given.converge();
        Standing.Fate fate = standing("pool").fates().get(0);
        Instant goesAt = fate.goesAt();
        assertNotNull(goesAt, fate.why());
        given.pass(Duration.between(world.now, goesAt).minusSeconds(1));
        assertEquals(1, given.hosts().size());
        given.pass(Duration.ofSeconds(2));
        assertEquals(List.of(), given.hosts());
    }

    @Test
    void aHostIsKeptByTheLeastNumber() {
        pool(1, 100);
        given.converge().pass(Duration.ofMinutes(2));
        Standing.Fate fate = standing("pool").fates().get(0);
        assertTrue(fate.why().contains("kept by min"), fate.why());
        assertEquals(1, given.hosts().size());
    }

    @Test
    void whatFindsNoHostWaits() {
        pool(0, 100);
        given.service("web", given.definition("huge", 8192, 8192), 3, "pool:1:0");
        given.converge();
        Standing standing = standing("pool");
        assertEquals(List.of(3, 0, 200), List.of(standing.waiting(), standing.hosts(), standing.reservation()));
    }

    @Test
    void nothingCostsLessThanTheBound() {
        world.put(GivenHost.fargate(
                HostGroup.Isolation.PACKED, GivenHost.small(), GivenHost.type("large", 4096, 8192, 130_000)));
        given.service("web", web, 7);
        given.converge();
        HostGroup group = world.state().hostGroup("fargate").orElseThrow();
        List<Task> tasks = world.running("web");
        long bound = LowerBound.microsPerHour(
                world.state(), group, CapacityProvider.FARGATE, World.CLUSTER, tasks, world.now);
        long cost =
                given.hosts().stream().mapToLong(host -> host.microsPerHour()).sum();
        assertTrue(bound > 0 && bound <= cost, bound + " of " + cost);
    }

    @Test
    void aHostSaysWhyItIsOfItsType() {
        world.put(GivenHost.fargate(
                HostGroup.Isolation.DEDICATED, GivenHost.type("large", 4096, 8192, 130_000), GivenHost.small()));
        given.service("web", web, 1);
        given.converge();
        assertEquals(
                "small is the cheapest type that holds it, $0.04 an hour; the next, large, is $0.13 an hour",
                given.hosts().get(0).whyType());
    }

    private void pool(int min, int target) {
        world.put(GivenHost.group("pool", min, 10, GivenHost.small()));
        world.put(new CapacityProvider(
                "pool", "pool", new ManagedScaling(true, target, 1, 100, 0), false, true, List.of(), Instant.EPOCH));
    }

    private Standing standing(String provider) {
        return Standing.of(world.state(), World.CLUSTER, world.now).stream()
                .filter(one -> one.provider().equals(provider))
                .findFirst()
                .orElseThrow();
    }
}
