package io.staithe.capacity.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.World;
import io.staithe.core.capacity.GivenHost;
import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.ManagedScaling;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FallingBackTest {
    private static final int AFTER = 120;

    private final Provisioned given = new Provisioned();
    private final World world = given.world;
    /** Two of them fill a small host. */
    private final TaskDefinition web = given.definition("web", 512, 1024);

    @Test
    void tasksThatHaveWaitedLongEnoughGetTheNextProvider() {
        pools();
        service(AFTER, "cheap:1:0", "sure:0:0");
        given.converge();
        given.pass(Duration.ofSeconds(AFTER - 20));
        assertEquals(Map.of("cheap", 2L), running());
        given.pass(Duration.ofSeconds(40));
        assertEquals(Map.of("cheap", 2L, "sure", 4L), running());
        assertTrue(
                world.messages().stream()
                        .anyMatch(
                                message -> message.contains(
                                        ") waits for capacity provider sure instead of cheap, whose hosts are not to be had: ")),
                () -> world.messages().toString());
    }

    @Test
    void theyStayWhereTheyAreAndLaterTasksAreSplitAnew() {
        pools();
        service(AFTER, "cheap:1:0", "sure:0:0");
        given.converge();
        given.pass(Duration.ofSeconds(AFTER + 20));
        world.put(GivenHost.group("cheap", 0, 10, GivenHost.small()));
        given.pass(Duration.ofMinutes(10));
        assertEquals(Map.of("cheap", 2L, "sure", 4L), running());
        given.scale("web", 8);
        given.pass(Duration.ofMinutes(1));
        assertEquals(Map.of("cheap", 4L, "sure", 4L), running());
    }

    @Test
    void unlessAskedForTheyWaitOn() {
        pools();
        service(null, "cheap:1:0", "sure:0:0");
        given.converge();
        given.pass(Duration.ofHours(1));
        assertEquals(Map.of("cheap", 2L), running());
    }

    @Test
    void nobodyFallsForward() {
        pools();
        service(AFTER, "sure:0:0", "cheap:1:0");
        given.converge();
        given.pass(Duration.ofHours(1));
        assertEquals(Map.of("cheap", 2L), running());
    }

    @Test
    void aGroupThatMayHaveNoMoreHasNoneForItsOtherProviders() {
        world.put(GivenHost.group("fargate", null, HostGroup.Isolation.PACKED, 0, 1, null, GivenHost.small()));
        service(AFTER, "FARGATE_SPOT:1:0");
        given.converge();
        given.pass(Duration.ofMinutes(10));
        assertEquals(Map.of("FARGATE_SPOT", 2L), running());
        assertEquals(4L, waiting().get("FARGATE_SPOT"));
    }

    /** One host of the first, and as many as are needed of the second. */
    private void pools() {
        pool("cheap", 1);
        pool("sure", 10);
    }

    private void pool(String name, int max) {
        world.put(GivenHost.group(name, 0, max, GivenHost.small()));
        world.put(new CapacityProvider(name, name, ManagedScaling.DEFAULT, false, true, List.of(), world.now));
    }

    private void service(@Nullable Integer fallbackSeconds, String... strategy) {
        given.service("web", web, 6, strategy);
        PlacementPolicy policy = new PlacementPolicy(0, List.of(), List.of(), false, 0, fallbackSeconds);
        world.put(world.service("web").but().placementPolicy(policy).build());
    }

    private Map<String, Long> running() {
        return byProvider(world.running("web"));
    }

    private Map<String, Long> waiting() {
        return byProvider(world.state().waitingTasks(World.CLUSTER));
    }

    private static Map<String, Long> byProvider(Iterable<Task> tasks) {
        Map<String, Long> counts = new TreeMap<>();
        tasks.forEach(task -> counts.merge(String.valueOf(task.capacityProvider()), 1L, Long::sum));
        return counts;
    }
}
