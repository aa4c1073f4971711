package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.Sample;
import io.staithe.core.World;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.PlacementReport;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tasks that are placed all or none. */
class GangTest {
    private static final PlacementPolicy TOGETHER = new PlacementPolicy(0, List.of(), List.of(), true, 0, null);

    private final World world = new World();

    @Test
    void allArePlacedWhereAllFit() {
        world.host("one", 4096, 128);
        world.host("two", 4096, 128);
        service(3, 64);
        world.settle();
        assertEquals(3, placed("web"));
    }

    @Test
    void noneIsPlacedWhereOneDoesNotFit() {
        world.host("one", 4096, 128);
        service(3, 64);
        world.settle();
        assertEquals(0, placed("web"));
        for (Task task : world.active("web")) {
            PlacementReport why = Objects.requireNonNull(task.placement());
            assertEquals(
                    "only 2 of 3 tasks fit that are placed all or none; for the next, no host fits: 1 of 1 (one needs 64"
                            + " MiB of memory, has 0 free)",
                    why.summary());
            assertEquals("RESOURCE:MEMORY", why.ruledOut().get(0).code());
        }
    }

    @Test
    void whatAGangGivesBackIsForThoseBehindIt() {
        world.host("one", 4096, 128);
        service(3, 64);
        world.settle();
        world.put(GivenTask.task(1).needs(1, 128, 0).build());
        world.settle();
        assertTrue(isPlaced(world.state(), 1));
    }

    @Test
    void aHostThatComesIsForAllOfThem() {
        world.host("one", 4096, 128);
        service(3, 64);
        world.settle();
        world.host("two", 4096, 64);
        world.settle();
        assertEquals(3, placed("web"));
    }

    @Test
    void theTasksOfOneCallWaitTogetherAndThoseOfAnotherDoNot() {
        world.host("one", 4096, 256);
        for (int number = 1; number <= 3; number++)
            world.put(GivenTask.task(number).policy(TOGETHER).build());
        world.put(GivenTask.task(4)
                .policy(TOGETHER)
                .createdAt(world.now.plusSeconds(1))
                .build());
        world.settle();
        assertEquals(
                List.of(4),
                LongStream.rangeClosed(1, 4)
                        .mapToInt(number -> (int) number)
                        .filter(number -> isPlaced(world.state(), number))
                        .boxed()
                        .toList());
    }

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 60);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void atEveryMomentAllOfAGangArePlacedOrNone(long seed) {
        Sample sample = new Sample(seed);
        world.store.open(event -> check(world.state()));
        int number = 0;
        for (int step = 0; step < 25; step++) {
            if (sample.chance(0.3)) world.host("host" + step, sample.between(1, 4) * 512, sample.between(1, 4) * 256);
            else if (sample.chance(0.5)) putGang(sample, number += 10);
            else stopOne(sample);
            if (sample.chance(0.7)) world.settle();
        }
        world.settle();
        check(world.state());
    }

    private void putGang(Sample sample, int first) {
        boolean apart = sample.chance(0.2);
        for (int number = first; number < first + sizeOf(first); number++) {
            GivenTask task = GivenTask.task(number)
                    .group("family:" + first)
                    .needs(sample.upTo(256), sample.between(6, 256), 0)
                    .policy(TOGETHER);
            if (apart) task.constraint("distinctInstance", null);
            world.put(task.build());
        }
    }

    private static int sizeOf(int gang) {
        return 1 + gang / 10 % 5;
    }

    private void stopOne(Sample sample) {
        List<Task> running = world.state()
                .tasksIn(World.CLUSTER)
                .filter(Task::holdsResources)
                .toList();
        if (running.isEmpty()) return;
        Task task = sample.pick(running);
        world.state()
                .tasksIn(World.CLUSTER)
                .filter(other -> other.group().equals(task.group()))
                .forEach(member -> world.put(member.but().stoppedAt(world.now).build()));
    }

    private static void check(ClusterState state) {
        for (int first = 10; isThere(state, first); first += 10) {
            int gang = first;
            long placed = LongStream.range(gang, gang + sizeOf(gang))
                    .filter(number -> isPlaced(state, (int) number))
                    .count();
            assertTrue(placed == 0 || placed == sizeOf(gang), () -> placed + " of " + sizeOf(gang));
        }
        state.instancesOf(World.CLUSTER)
                .forEach(host ->
                        assertTrue(state.load(host.id()).orElseThrow().free().memory() >= 0, "over-committed"));
    }

    private static boolean isThere(ClusterState state, int number) {
        return state.task(GivenTask.task(number).build().id()).isPresent();
    }

    private static boolean isPlaced(ClusterState state, int number) {
        return state.task(GivenTask.task(number).build().id())
                .filter(task -> task.instance() != null)
                .isPresent();
    }

    private long placed(String service) {
        return world.active(service).stream()
                .filter(task -> task.instance() != null)
                .count();
    }

    private void service(int desired, int memory) {
        Service service = world.service("web", world.definition("web", 1, memory), desired);
        world.put(service.but().placementPolicy(TOGETHER).build());
    }
}
