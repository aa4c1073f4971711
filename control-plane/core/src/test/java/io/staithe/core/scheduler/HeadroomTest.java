package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.Sample;
import io.staithe.core.World;
import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.PlacementReport;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Room that is kept free for more tasks of a service. */
class HeadroomTest {
    private static final int MEMORY = 100;

    private final World world = new World();

    /** One host with room for three; the service runs one task and keeps room for {@code headroom} more. */
    @ParameterizedTest
    @CsvSource({
        // headroom, its priority, the other's priority, how many of three others get a place
        "0, 0, 0, 2",
        "1, 0, 0, 1",
        "2, 0, 0, 0",
        "9, 0, 0, 0",
        "1, 5, 0, 1",
        "1, 5, 5, 1",
        "1, 5, 6, 2",
    })
    void isKeptFromTheSameAndLowerPriorities(int headroom, int its, int others, long placed) {
        world.host("host", 4096, 3 * MEMORY);
        service("web", 1, policy(its, headroom));
        world.settle();
        for (int number = 1; number <= 3; number++) put(other(number, others));
        world.settle();
        assertEquals(placed, placed("family:other"));
        assertEquals(1, placed("service:web"));
    }

    @Test
    void whatWaitsOnlyBecauseOfItIsToldSo() {
        world.host("full", 4096, 10);
        world.host("host", 4096, 3 * MEMORY);
        service("web", 1, policy(0, 2));
        world.settle();
        Task task = put(other(1, 0));
        world.settle();
        PlacementReport why = Objects.requireNonNull(world.task(task.id()).placement());
        assertEquals(
                "no host fits: 1 of 2 (host has room that is kept free for more tasks of service web); 1 of 2 (full needs"
                        + " 100 MiB of memory, has 10 free)",
                why.summary());
        assertEquals("HEADROOM", why.ruledOut().get(0).code());
    }

    @Test
    void whatDoesNotFitAnywayIsNotToldOfIt() {
        world.host("host", 4096, 3 * MEMORY);
        service("web", 1, policy(0, 2));
        Task task = put(GivenTask.task(1).needs(1, 1000, 0));
        world.settle();
        PlacementReport why = Objects.requireNonNull(world.task(task.id()).placement());
        assertEquals("RESOURCE:MEMORY", why.ruledOut().get(0).code());
    }

    @Test
    void itsOwnTasksUseIt() {
        world.host("host", 4096, 3 * MEMORY);
        Service web = service("web", 1, policy(0, 2));
        world.settle();
        put(other(1, 0));
        world.put(web.but().desiredCount(3).build());
        world.settle();
        assertEquals(3, placed("service:web"));
        assertEquals(0, placed("family:other"));
    }

    @Test
    void itMovesOutOfTheWayWhereThereIsOtherRoom() {
        world.host("ssd", 4096, 2 * MEMORY, new Attribute("disk", "ssd"));
        world.host("hdd", 4096, 2 * MEMORY, new Attribute("disk", "hdd"));
        service("web", 0, policy(0, 2));
        for (int number = 1; number <= 3; number++)
            put(other(number, 0).constraint("memberOf", "attribute:disk == ssd"));
        world.settle();
        assertEquals(2, placed("family:other"));
    }

    @Test
    void itIsNoTaskOfItsGroup() {
        world.host("host", 4096, 4 * MEMORY);
        service("web", 0, policy(0, 1));
        Task task = put(other(1, 0).constraint("memberOf", "task:group == service:web"));
        world.settle();
        assertEquals(null, world.task(task.id()).instance());
    }

    @Test
    void lessOfItLetsThoseInThatWait() {
        world.host("host", 4096, 2 * MEMORY);
        Service web = service("web", 1, policy(0, 1));
        world.settle();
        put(other(1, 0));
        world.settle();
        assertEquals(0, placed("family:other"));
        world.put(web.but().placementPolicy(policy(0, 0)).build());
        world.settle();
        assertEquals(1, placed("family:other"));
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    /** Whoever comes, the service can grow by its headroom at any time. */
    @ParameterizedTest
    @MethodSource("seeds")
    void aServiceCanAlwaysGrowByIt(long seed) {
        Sample sample = new Sample(seed);
        for (int i = sample.between(2, 5); i > 0; i--)
            world.host(
                    "host" + i, 4096, sample.between(2, 5) * MEMORY, new Attribute("disk", sample.pick("ssd", "hdd")));
        int headroom = sample.between(1, 3);
        Service web = service("web", 1, policy(3, headroom));
        world.settle();
        for (int number = 1; number <= 20; number++) {
            GivenTask task = other(number, sample.upTo(4)).needs(1, sample.between(6, 2 * MEMORY), 0);
            if (sample.chance(0.3)) task.constraint("memberOf", "attribute:disk == " + sample.pick("ssd", "hdd"));
            put(task);
            if (sample.chance(0.5)) world.settle();
        }
        world.settle();
        world.put(web.but().desiredCount(1 + headroom).build());
        world.settle();
        assertEquals(1 + headroom, placed("service:web"));
        world.state()
                .instancesOf(World.CLUSTER)
                .map(ContainerInstance::id)
                .forEach(host ->
                        assertTrue(world.state().load(host).orElseThrow().free().memory() >= 0));
    }

    private static PlacementPolicy policy(int priority, int headroom) {
        return new PlacementPolicy(priority, List.of(), List.of(), false, headroom, null);
    }

    private Service service(String name, int desired, PlacementPolicy policy) {
        Service service = world.service(name, world.definition(name, 1, MEMORY), desired)
                .but()
                .placementPolicy(policy)
                .build();
        world.put(service);
        return service;
    }

    private static GivenTask other(int number, int priority) {
        return GivenTask.task(number).group("family:other").needs(1, MEMORY, 0).policy(policy(priority, 0));
    }

    private Task put(GivenTask given) {
        Task task = given.build();
        world.put(task);
        return task;
    }

    private long placed(String group) {
        return world.state()
                .tasksIn(World.CLUSTER)
                .filter(task -> task.group().equals(group) && task.instance() != null)
                .count();
    }
}
