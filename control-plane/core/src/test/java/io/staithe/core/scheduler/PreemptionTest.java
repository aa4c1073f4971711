package io.staithe.core.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Attribute;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.Service;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tasks of higher priority take the place of lower ones. */
class PreemptionTest extends GivenPriorities {
    @ParameterizedTest
    @CsvSource({"1, 0, true", "10, 9, true", "5, 5, false", "5, 6, false", "0, 0, false"})
    void onlyALowerPriorityMakesRoom(int priority, int there, boolean makesRoom) {
        world.host("host", 4096, 100);
        Task low = run(task(1, there, 100));
        Task high = wait(task(2, priority, 100));
        assertEquals(makesRoom, !world.task(low.id()).isActive());
        world.converge();
        assertEquals(makesRoom, world.task(high.id()).instance() != null);
    }

    @Test
    void bothAreToldWhy() {
        world.host("host", 4096, 100);
        Task low = run(task(1, 0, 100));
        Task high = wait(task(2, 7, 100));
        assertEquals(StopCode.SpotInterruption, world.task(low.id()).stopCode());
        assertEquals(
                "Makes room for task " + high.id() + ": its priority 7 is higher than 0",
                world.task(low.id()).stoppedReason());
        assertEquals("waits for 1 task of lower priority to stop on host host", why(high));
        assertTrue(world.messages().stream().anyMatch(message -> message.contains("has lost (task " + low.id() + ")")));
        world.converge();
        assertNull(world.task(high.id()).nominatedInstance());
    }

    @Test
    void nobodyStopsWhereThatWouldNotHelp() {
        world.host("host", 4096, 100);
        Task low = run(task(1, 0, 100));
        wait(task(2, 7, 101));
        wait(task(3, 7, 50).constraint("memberOf", "attribute:disk exists"));
        assertTrue(world.task(low.id()).isActive());
    }

    @Test
    void asFewStopAsNecessaryAndNobodyTwice() {
        world.host("host", 4096, 300);
        for (int number = 1; number <= 3; number++) run(task(number, 0, 100));
        wait(task(4, 7, 150));
        for (int i = 0; i < 3; i++) wait(task(10 + i, 0, 100));
        assertEquals(2, preempted());
    }

    /** Two hosts, each with two tasks: {@code priority:memory:age in seconds}. The newcomer has priority 9. */
    @ParameterizedTest
    @CsvSource({
        // on a, on b, what the newcomer needs, which host it gets
        "0:50:9 5:50:9, 1:50:9 1:50:9, 50, a",
        "0:50:9 5:50:9, 1:50:9 1:50:9, 100, b",
        "1:50:9 1:50:9, 1:100:9 1:0:9, 100, b",
        "1:50:9 1:50:9, 1:50:9 1:50:1, 50, b",
        "1:50:1 1:50:9, 1:50:9 1:50:9, 50, a",
        "9:50:9 9:50:9, 8:50:9 8:50:9, 100, b",
        "9:50:9 9:50:9, 9:50:9 8:50:9, 100, none",
    })
    void theHostWithTheLeastDisruptionIsChosen(String onA, String onB, int needs, String host) {
        ContainerInstance a = world.host("a", 4096, 100);
        ContainerInstance b = world.host("b", 4096, 100);
        runAll(a, 10, onA);
        runAll(b, 20, onB);
        Task newcomer = wait(task(30, 9, needs));
        world.converge();
        assertEquals(
                host,
                world.state()
                        .task(newcomer.id())
                        .map(Task::instance)
                        .map(id -> world.host(id).hostName())
                        .orElse("none"));
    }

    private void runAll(ContainerInstance host, int first, String tasks) {
        int number = first;
        for (String text : tasks.split(" ", -1)) {
            String[] parts = text.split(":", -1);
            world.put(task(number++, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]))
                    .createdAt(world.now.minusSeconds(Long.parseLong(parts[2])))
                    .on(host, LastStatus.PENDING)
                    .build());
        }
        world.converge();
    }

    @Test
    void roomThatIsFreedBitByBitIsNotSnatched() {
        world.host("host", 4096, 200);
        Task one = run(task(1, 0, 100));
        Task two = run(task(2, 0, 100));
        Task high = wait(task(3, 7, 200));
        Task small = wait(task(4, 0, 50));
        world.put(world.task(one.id()).but().stoppedAt(world.now).build());
        world.settle();
        assertNull(world.task(small.id()).instance());
        assertEquals("waits for 1 task of lower priority to stop on host host", why(high));
        world.put(world.task(two.id()).but().stoppedAt(world.now).build());
        world.settle();
        assertNotNull(world.task(high.id()).instance());
    }

    @Test
    void aNominationThatHelpsNoLongerIsDropped() {
        ContainerInstance host = world.host("host", 4096, 100);
        world.host("other", 4096, 50);
        run(task(1, 0, 100));
        Task high = wait(task(2, 7, 100));
        assertEquals(host.id(), world.task(high.id()).nominatedInstance());
        world.put(world.host(host.id())
                .but()
                .status(ContainerInstance.Status.DRAINING)
                .build());
        world.settle();
        assertNull(world.task(high.id()).nominatedInstance());
        assertTrue(why(high).startsWith("no host fits"), why(high));
    }

    @Test
    void whatLeavesAnywayIsWaitedForFirst() {
        world.host("host", 4096, 200);
        Task leaving = run(task(1, 0, 100));
        Task staying = run(task(2, 0, 100));
        world.put(world.task(leaving.id())
                .but()
                .stop(StopCode.UserInitiated, "by the user", world.now)
                .build());
        Task high = wait(task(3, 7, 100));
        assertTrue(world.task(staying.id()).isActive());
        assertEquals("waits for 1 task to stop on host host", why(high));
    }

    @Test
    void aHostPortIsRoomToo() {
        world.host("host", 4096, 1000);
        Task low = run(task(1, 0, 10).ports(new HostPort("tcp", 80)));
        Task other = run(task(2, 0, 500));
        Task high = wait(task(3, 7, 100).ports(new HostPort("tcp", 80)));
        world.converge();
        assertNotNull(world.task(high.id()).instance());
        assertTrue(world.task(low.id()).isPreempted());
        assertTrue(world.task(other.id()).isActive());
    }

    @Test
    void aGangMakesRoomForAllOrNone() {
        world.host("one", 4096, 100);
        world.host("two", 4096, 100, new Attribute("disk", "ssd"));
        run(task(1, 0, 100));
        Task low = run(task(2, 0, 60));
        PlacementPolicy together = new PlacementPolicy(7, List.of(), List.of(), true, 0, null);
        Task first = wait(task(3, 0, 100).group("family:gang").policy(together));
        assertEquals(1, preempted());
        Task second = wait(task(4, 0, 101).group("family:gang").policy(together));
        assertTrue(world.task(low.id()).isActive(), "the two do not fit together, so nobody else stops");
        assertNull(world.task(first.id()).nominatedInstance());
        assertNull(world.task(second.id()).nominatedInstance());
    }

    @Test
    void theReplacementOfAVictimDoesNotPreemptBack() {
        world.host("host", 4096, 300);
        service("low", 3, null);
        Service high = world.service("high", world.definition("high", 1, 100), 2)
                .but()
                .placementPolicy(priority(5))
                .build();
        world.put(high);
        world.rest();
        assertEquals(2, world.running("high").size());
        assertEquals(1, world.running("low").size());
        assertEquals(2, preempted());
    }
}
