package io.staithe.loadbalancer;

import static io.staithe.loadbalancer.Tables.draining;
import static io.staithe.loadbalancer.Tables.group;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.Action;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.TargetHealth.State;
import io.staithe.loadbalancer.TrafficWorld.Backend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Deployments and reloads while clients that forgive nothing send requests. */
@Tag("real")
final class HaproxyUnderLoadTest {
    private static final int ROUNDS = 6;
    private static final int MIN_REQUESTS = 2_000;
    private static final long PAUSE_NANOS = 1_000_000;

    private final AtomicInteger answered = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean over;

    @Test
    void rotationsAndReloadsLoseNoRequest() throws Exception {
        try (HaproxyWorld world = new HaproxyWorld()) {
            EdgeDriver edge = new EdgeDriver(world);
            int port = world.freePort();
            Backend old = world.backend(0, "web");
            edge.carry(table(port, 0, old.target()));
            edge.until(() -> edge.state(old) == State.HEALTHY);
            List<Thread> clients = IntStream.range(0, 4)
                    .mapToObj(i -> new Thread(() -> send(port, i % 2 == 0)))
                    .toList();
            clients.forEach(Thread::start);
            int loads = world.loads();
            rotate(world, edge, port, old);
            edge.until(() -> answered.get() >= MIN_REQUESTS || !failures.isEmpty());
            over = true;
            for (Thread client : clients) client.join();
            assertEquals(List.of(), List.copyOf(failures));
            assertTrue(answered.get() >= MIN_REQUESTS, answered + " requests");
            assertEquals(loads + ROUNDS, world.loads());
        }
    }

    @Test
    void weightsChangeUnderLoadWithoutAReload() throws Exception {
        try (HaproxyWorld world = new HaproxyWorld()) {
            EdgeDriver edge = new EdgeDriver(world);
            int port = world.freePort();
            Backend blue = world.backend(0, "blue");
            Backend green = world.backend(1, "green");
            edge.carry(weighted(port, blue, 100, green));
            edge.until(() -> edge.state(blue) == State.HEALTHY && edge.state(green) == State.HEALTHY);
            String worker = world.identity();
            List<Thread> clients = IntStream.range(0, 4)
                    .mapToObj(i -> new Thread(() -> send(port, i > 0)))
                    .toList();
            clients.forEach(Thread::start);
            for (int weight = 100; weight >= 0; weight -= 5) {
                edge.carry(weighted(port, blue, weight, green));
                int soFar = answered.get();
                edge.until(() -> answered.get() >= soFar + MIN_REQUESTS / 20 || !failures.isEmpty());
            }
            over = true;
            for (Thread client : clients) client.join();
            assertEquals(List.of(), List.copyOf(failures));
            assertEquals(worker, world.identity());
            assertEquals("1", world.get(port, "x", "/").body());
        }
    }

    private static RoutingTable weighted(int port, Backend blue, int weight, Backend green) {
        return new RoutingTable(
                List.of(Tables.listener(port, Tables.weighted("blue", weight, "green", 100 - weight))),
                List.of(),
                List.of(group("blue"), group("green")),
                List.of(blue.target(), green.target()));
    }

    @Test
    void aTargetStaysUntilNoIdleConnectionFromBeforeAReloadCanReachIt() throws Exception {
        try (HaproxyWorld world = new HaproxyWorld()) {
            EdgeDriver edge = new EdgeDriver(world);
            int port = world.freePort();
            Backend old = world.backend(0, "web");
            Backend next = world.backend(1, "web");
            edge.carry(table(port, 0, old.target()));
            edge.until(() -> edge.state(old) == State.HEALTHY);
            try (StrictClient client = new StrictClient(port, true)) {
                assertEquals(200, client.get("/"));
                edge.carry(table(port, 1, draining(old.target()), next.target()));
                edge.until(() -> edge.state(next) == State.HEALTHY);
                edge.settleFor(5);
                assertEquals(State.DRAINING, edge.state(old), "the idle connection may bring one more request");
                assertEquals(200, client.get("/"));
                edge.until(() -> edge.state(old) == State.UNUSED);
                old.kill();
                assertEquals(200, client.get("/"));
            }
        }
    }

    /** Each round: a new target joins, the old one drains while the configuration is loaded anew, and then it dies. */
    private void rotate(HaproxyWorld world, EdgeDriver edge, int port, Backend first) throws Exception {
        Backend old = first;
        for (int round = 1; round <= ROUNDS; round++) {
            Backend leaving = old;
            Backend next = world.backend(round, "web");
            edge.carry(table(port, round - 1, leaving.target(), next.target()));
            edge.until(() -> edge.state(next) == State.HEALTHY);
            edge.carry(table(port, round, draining(leaving.target()), next.target()));
            edge.until(() -> edge.state(leaving) == State.UNUSED);
            leaving.kill();
            edge.carry(table(port, round, next.target()));
            edge.until(() -> edge.observed().servers().size() == 1);
            old = next;
        }
    }

    /** With so many more target groups, so that each number is another configuration. */
    private static RoutingTable table(int port, int more, Target... targets) {
        Stream<TargetGroup> groups = IntStream.range(0, more).mapToObj(i -> group("more" + i));
        return new RoutingTable(
                List.of(Tables.listener(port, Action.forward("web"))),
                List.of(),
                Stream.concat(groups, Stream.of(group("web"))).toList(),
                new ArrayList<>(List.of(targets)));
    }

    private void send(int port, boolean keepsConnection) {
        try (StrictClient client = new StrictClient(port, keepsConnection)) {
            while (!over && failures.isEmpty()) {
                int status = client.get("/");
                if (status == 200) answered.incrementAndGet();
                else failures.add("status " + status + " after " + answered);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        } catch (IOException e) {
            failures.add((keepsConnection ? "kept connection: " : "new connection: ") + e + " after " + answered);
        }
    }
}
