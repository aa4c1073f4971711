package io.staithe.capacity.planner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Sample;
import io.staithe.core.World;
import io.staithe.core.capacity.GivenHost;
import io.staithe.core.control.Preview;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.Change;
import io.staithe.core.state.Plan;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a preview says of hosts is what then happens. */
class ForeseenHostsTest {
    private final Provisioned given = new Provisioned();
    private final World world = given.world;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 30);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatIsForeseenIsBought(long seed) {
        Sample sample = new Sample(seed);
        world.put(group(sample));
        given.service("web", given.definition("web", sample.pick(256, 512, 1024), 1024), sample.upTo(4));
        given.converge();
        for (int step = 0; step < 3; step++) {
            Service scaled =
                    world.service("web").but().desiredCount(sample.upTo(9)).build();
            Plan change = Plan.of(Change.put(scaled, Change.ANY));
            Preview.Outcome foreseen = Preview.of(world.state(), change, world.now, List.of(new CapacityReconciler()));
            assertTrue(foreseen.settled());
            world.commit(change);
            given.pass(Duration.ofMinutes(3));
            assertEquals(wanted(foreseen.hostsAfter()), wanted(given.hosts()), "hosts");
            assertEquals(
                    placed(foreseen.after()),
                    placed(world.state().tasksIn(World.CLUSTER).toList()),
                    "places");
        }
    }

    private static HostGroup group(Sample sample) {
        return sample.chance(0.5)
                ? GivenHost.fargate(HostGroup.Isolation.DEDICATED)
                : GivenHost.fargate(
                        HostGroup.Isolation.PACKED, GivenHost.small(), GivenHost.type("large", 4096, 8192, 130_000));
    }

    private static Set<String> wanted(List<ProvisionedHost> hosts) {
        return hosts.stream()
                .filter(host -> host.status().isWanted())
                .map(host -> host.id() + " " + host.type())
                .collect(Collectors.toSet());
    }

    private static Set<String> placed(List<Task> tasks) {
        return tasks.stream()
                .filter(task -> !task.isStopped())
                .map(task -> task.id() + " on " + task.instance())
                .collect(Collectors.toSet());
    }
}
