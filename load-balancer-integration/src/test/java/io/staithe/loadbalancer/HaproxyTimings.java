package io.staithe.loadbalancer;

import io.staithe.core.assignment.RoutingTable;
import io.staithe.core.assignment.Target;
import io.staithe.core.model.TargetGroup;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/**
 * How long a real HAProxy takes; milliseconds, median and 99th percentile. Run by hand, with the module's test class path:
 * {@code java -Dsun.net.httpserver.nodelay=true io.staithe.loadbalancer.HaproxyTimings}.
 */
final class HaproxyTimings {
    private static final PrintStream OUT = System.out;

    private HaproxyTimings() {}

    public static void main(String[] arguments) throws Exception {
        try (HaproxyWorld world = new HaproxyWorld()) {
            int port = world.freePort();
            TargetGroup group = Tables.group("web");
            configure(world, Tables.table(port, group));
            toTraffic(world, port, group);
            latency(world, port, group);
            reloads(world, port);
            crash(world, port, group);
            for (int servers : new int[] {10, 1000}) observation(world, port, servers);
        }
    }

    private static void configure(HaproxyWorld world, RoutingTable table) {
        done(world.provider().act(new EdgeAction.Configure(table)));
    }

    private static void toTraffic(HaproxyWorld world, int port, TargetGroup group) throws Exception {
        Target target = world.backend(1, "web").target();
        measure("add server to first answer", 30, () -> {
            done(world.provider().act(new EdgeAction.AddServer(target, group)));
            long end = System.nanoTime();
            while (!world.answers(port)) end = System.nanoTime();
            done(world.provider().act(new EdgeAction.RemoveServer(ServerName.of(target))));
            return end;
        });
    }

    private static void latency(HaproxyWorld world, int port, TargetGroup group) throws Exception {
        Target target = world.backend(2, "web").target();
        done(world.provider().act(new EdgeAction.AddServer(target, group)));
        while (!world.answers(port)) Thread.onSpinWait();
        for (int round = 0; round < 2; round++) {
            requests("request straight to the backend", target.port());
            requests("request through HAProxy", port);
        }
        done(world.provider().act(new EdgeAction.RemoveServer(ServerName.of(target))));
    }

    private static void requests(String what, int port) throws Exception {
        try (StrictClient client = new StrictClient(port, true)) {
            measure(what, 3_000, () -> {
                if (client.get("/") != 200) throw new IOException("not answered");
                return System.nanoTime();
            });
        }
    }

    private static void reloads(HaproxyWorld world, int port) throws Exception {
        int[] more = {0};
        measure("configure: check, reload, new worker in place", 20, () -> {
            configure(world, Tables.table(port, Tables.group("web" + ++more[0])));
            return System.nanoTime();
        });
    }

    private static void crash(HaproxyWorld world, int port, TargetGroup group) throws Exception {
        RoutingTable table = Tables.table(port, group, world.backend(3, "web").target());
        configure(world, table);
        while (!world.answers(port)) Thread.onSpinWait();
        world.provider().observe();
        measure("kill -9 of the worker to first answer after a start", 10, () -> {
            world.crash(TrafficWorld.Victim.WORKER);
            while (world.process().isRunning()) Thread.onSpinWait();
            configure(world, table);
            while (!world.answers(port)) Thread.onSpinWait();
            long end = System.nanoTime();
            world.provider().observe();
            return end;
        });
    }

    private static void observation(HaproxyWorld world, int port, int servers) throws Exception {
        Target[] targets = IntStream.range(0, servers)
                .mapToObj(i -> Tables.target(i, "web", "127.0.0.1", 1))
                .toArray(Target[]::new);
        configure(world, Tables.table(port, Tables.group("web", 60 + servers), targets));
        measure("observation of " + servers + " servers", 300, () -> {
            world.provider().observe();
            return System.nanoTime();
        });
    }

    private static void done(Outcome outcome) {
        if (outcome.why() != null) throw new IllegalStateException(outcome.why());
    }

    /** @param timed gives when it ended, in nanoseconds */
    private static void measure(String what, int times, Callable<Long> timed) throws Exception {
        double[] millis = new double[times];
        for (int i = 0; i < times; i++) {
            long begin = System.nanoTime();
            millis[i] = (timed.call() - begin) / 1e6;
        }
        Arrays.sort(millis);
        OUT.printf(Locale.ROOT, "%-55s %8.2f %8.2f%n", what, millis[times / 2], millis[times * 99 / 100]);
    }
}
