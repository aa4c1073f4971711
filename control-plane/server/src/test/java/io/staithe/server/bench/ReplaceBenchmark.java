package io.staithe.server.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A container that dies (docker kill) until its replacement runs, by the engine's own times, and until the replacement has
 * answered through the load balancer; against Swarm with no delay before a restart, in turns.
 */
final class ReplaceBenchmark {
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 11);
    /** More than rounds: each kill meets another replica. One that dies again and again is started more slowly. */
    private static final int REPLICAS = ROUNDS + 1;

    private static final int PORT = 8090;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Between two kills, so that each finds a system at rest. */
    private static final long REST_SECONDS = 3;

    private ReplaceBenchmark() {}

    static void run(Bench.Setting setting) throws Exception {
        Figures seconds = new Figures("s");
        try (PrivateEngine engine = PrivateEngine.start(setting);
                EngineEvents events = EngineEvents.of(engine);
                Installation installation = Installation.of(2, setting, engine, "replace")) {
            installation.staithe(
                    "apply",
                    "-f",
                    installation.serviceFile("replace", REPLICAS, PORT).toString(),
                    "--wait");
            engine.docker(
                    "service",
                    "create",
                    "--quiet",
                    "--no-resolve-image",
                    "--name=replace",
                    "--replicas=" + REPLICAS,
                    "--restart-delay=0s",
                    "--publish=mode=host,target=80",
                    setting.image());
            for (int round = 0; round < ROUNDS; round++) {
                Killed ours = kill(engine, events, "label=io.staithe.task");
                Visitors.await(ours.replacement(), PORT, PATIENCE);
                seconds.add("staithe: runs again", ours.seconds());
                seconds.add("staithe: in traffic", between(ours.diedAt(), Instant.now()));
                TimeUnit.SECONDS.sleep(REST_SECONDS);
                seconds.add(
                        "swarm: runs again",
                        kill(engine, events, "label=com.docker.swarm.task").seconds());
                TimeUnit.SECONDS.sleep(REST_SECONDS);
            }
        }
        seconds.print();
        seconds.printRatio("staithe: runs again", "swarm: runs again");
    }

    private record Killed(Instant diedAt, Instant startedAt, String replacement) {
        double seconds() {
            return between(diedAt, startedAt);
        }
    }

    private static Killed kill(PrivateEngine engine, EngineEvents events, String filter)
            throws IOException, InterruptedException {
        List<String> running = engine.running(filter);
        events.forget();
        engine.docker("kill", running.get(running.size() - 1)); // the oldest
        EngineEvents.Happened died = events.await("die");
        EngineEvents.Happened started = events.await("start");
        return new Killed(at(died), at(started), started.container());
    }

    private static Instant at(EngineEvents.Happened event) {
        return Instant.ofEpochSecond(0, event.nanos());
    }

    private static double between(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
