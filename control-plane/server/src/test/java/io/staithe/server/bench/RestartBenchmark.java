package io.staithe.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A control plane that has much to do: it is given 1,000 services of 10 tasks on 100 simulated hosts through its API and
 * its gateway, is killed with SIGKILL, and starts again.
 */
final class RestartBenchmark {
    private static final int SERVICES = Integer.getInteger("bench.services", 1000);
    private static final int TASKS_PER_SERVICE = 10;
    private static final int HOSTS = 100;
    /** With the task definition, what fits one commit. */
    private static final int SERVICES_PER_APPLY = 50;

    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final Duration EVERY = Duration.ofMillis(250);
    /** Nothing was written for so long: the loop is at rest. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** ECS: a task without a check counts as healthy after 40 seconds; so long it is no rest yet. */
    private static final long UNTIL_HEALTHY_SECONDS = 45;

    private RestartBenchmark() {}

    static void run(Bench.Setting setting) throws Exception {
        Figures figures = new Figures("s");
        try (Installation installation = Installation.withoutHosts(setting, "restart");
                SimulatedHosts hosts = new SimulatedHosts(
                        HOSTS,
                        Files.readString(installation.data().resolve("join-token"))
                                .strip())) {
            int tasks = SERVICES * TASKS_PER_SERVICE;
            long from = System.nanoTime();
            apply(installation);
            figures.add("applied " + SERVICES + " services", seconds(from));
            Program.await(tasks + " tasks", PATIENCE, EVERY, () -> hosts.tasks() >= tasks);
            figures.add("given out " + tasks + " tasks, since the first apply", seconds(from));
            figures.add("at rest, since the first apply", seconds(from, quietSince(installation)));
            TimeUnit.SECONDS.sleep(UNTIL_HEALTHY_SECONDS);
            quietSince(installation);
            memory(installation, "before");
            for (int round = 0; round < ROUNDS; round++) {
                from = System.nanoTime();
                installation.killAndRestartServer();
                figures.add("ready after kill -9", seconds(from));
                installation.staithe("get", "service", "s1");
                figures.add("staithe get service has answered", seconds(from));
                Program.await(
                        "hosts are back",
                        PATIENCE,
                        EVERY,
                        () -> installation.metric("staithe_hosts_connected") == HOSTS);
                figures.add("all hosts are back and at rest", seconds(from, quietSince(installation)));
                figures.add(
                        "core seconds until then, and 5 s of rest",
                        installation.server().cpuSeconds());
                memory(installation, "after restart " + (round + 1));
            }
            if (hosts.tasks() != tasks)
                throw new IOException(hosts.tasks() + " tasks were started instead of " + tasks);
        }
        figures.print();
    }

    private static void apply(Installation installation) throws IOException, InterruptedException {
        for (int first = 0; first < SERVICES; first += SERVICES_PER_APPLY) {
            StringBuilder yaml = new StringBuilder(DEFINITION);
            for (int n = first; n < Math.min(SERVICES, first + SERVICES_PER_APPLY); n++)
                yaml.append(SERVICE.formatted(n + 1, TASKS_PER_SERVICE));
            Path file = installation.data().resolveSibling("services-" + first + ".yaml");
            Files.writeString(file, yaml);
            installation.staithe("apply", "-f", file.toString());
        }
    }

    private static final String DEFINITION = """
            kind: TaskDefinition
            family: simulated
            containerDefinitions:
              - name: app
                image: simulated:1
                cpu: 16
                memory: 16
            """;

    private static final String SERVICE = """
            ---
            kind: Service
            serviceName: s%d
            desiredCount: %d
            taskDefinition: simulated
            placementStrategy:
              - type: spread
                field: instanceId
            """;

    /** When the last write was seen, as a System.nanoTime, once there has been none for {@link #QUIET_NANOS}. */
    private static long quietSince(Installation installation) throws IOException, InterruptedException {
        long[] last = {System.nanoTime()};
        double[] revision = {-1};
        Program.await("rest", PATIENCE, EVERY, () -> {
            double now = installation.metric("staithe_store_revision");
            if (now != revision[0]) last[0] = System.nanoTime();
            revision[0] = now;
            return System.nanoTime() - last[0] > QUIET_NANOS;
        });
        return last[0];
    }

    private static void memory(Installation installation, String when) throws IOException {
        System.out.printf(
                "  control plane %s: %.0f MB resident%n",
                when, installation.server().residentMb());
    }

    private static double seconds(long from) {
        return seconds(from, System.nanoTime());
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
