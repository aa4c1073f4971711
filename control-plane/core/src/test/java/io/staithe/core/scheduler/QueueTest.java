package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.staithe.core.GivenTask;
import io.staithe.core.Sample;
import io.staithe.core.World;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.Task;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which order waiting tasks get a host. */
class QueueTest {
    private final World world = new World();

    @Test
    void theHighestPriorityIsFirstThenTheOldest() {
        world.host("host", 4096, 300);
        Task low = put(GivenTask.task(1).policy(priority(0)));
        Task young = put(GivenTask.task(2).policy(priority(5)).createdAt(world.now.plusSeconds(1)));
        Task old = put(GivenTask.task(4).policy(priority(5)));
        Task high = put(GivenTask.task(3).policy(priority(10)).createdAt(world.now.plusSeconds(2)));
        world.settle();
        assertNotNull(world.task(high.id()).instance());
        assertNotNull(world.task(old.id()).instance());
        assertNull(world.task(young.id()).instance());
        assertNull(world.task(low.id()).instance());
    }

    @Test
    void aTaskThatWaitsKeepsNobodyBehindIt() {
        world.host("host", 4096, 200);
        Task large = put(GivenTask.task(1).needs(0, 4096, 0).policy(priority(10)));
        Task small = put(GivenTask.task(2));
        world.settle();
        assertNull(world.task(large.id()).instance());
        assertNotNull(world.task(small.id()).instance());
    }

    @Test
    void everyTaskIsToldWhyItWaitsAndAServiceOnce() {
        world.host("host", 4096, 10);
        world.service("web", world.definition("web", 1, 64), 3);
        world.settle();
        assertEquals(
                List.of("no host fits: 1 of 1 (host needs 64 MiB of memory, has 10 free)"),
                world.active("web").stream()
                        .map(task -> Objects.requireNonNull(task.placement()).summary())
                        .distinct()
                        .toList());
        assertEquals(
                1,
                world.messages().stream()
                        .filter(message -> message.contains("unable to place a task"))
                        .count());
    }

    @Test
    void aHostThatFitsOnlyBecauseOfATaskPlacedInThePassIsFound() {
        world.host("host", 4096, 4096);
        Task follower =
                put(GivenTask.task(1).group("family:sidecar").constraint("memberOf", "task:group == family:web"));
        Task leader = put(GivenTask.task(2).group("family:web"));
        Task other = put(GivenTask.task(3).group("family:sidecar").constraint("memberOf", "task:group == family:web"));
        world.settle();
        for (Task task : List.of(follower, leader, other))
            assertNotNull(world.task(task.id()).instance());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void theOrderInWhichTasksAreWrittenDoesNotMatter(long seed) {
        Sample sample = new Sample(seed);
        List<Task> tasks = new ArrayList<>();
        for (int number = 1; number <= 30; number++)
            tasks.add(GivenTask.task(number)
                    .group("service:" + sample.upTo(3))
                    .needs(sample.upTo(500), sample.between(6, 500), 0)
                    .policy(priority(sample.upTo(3)))
                    .createdAt(world.now.plusSeconds(sample.upTo(3)))
                    .build());
        List<String> there = places(tasks);
        Collections.shuffle(tasks, new Random(seed));
        assertEquals(there, places(tasks));
    }

    private static List<String> places(List<Task> tasks) {
        World world = new World();
        for (int i = 1; i <= 3; i++) world.host("host" + i, 2048, 2048);
        tasks.forEach(world::put);
        world.settle();
        return tasks.stream()
                .map(task -> world.task(task.id()))
                .map(task -> task.id() + " on " + task.instance())
                .sorted()
                .toList();
    }

    private static PlacementPolicy priority(int priority) {
        return new PlacementPolicy(priority, List.of(), List.of(), false, 0, null);
    }

    private Task put(GivenTask given) {
        Task task = given.build();
        world.put(task);
        return task;
    }
}
