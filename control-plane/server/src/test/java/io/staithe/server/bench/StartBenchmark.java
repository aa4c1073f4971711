package io.staithe.server.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * From the command to 30 running replicas: {@code staithe apply}, plain {@code docker run}s, {@code docker service create};
 * in turns, on one engine, with the same image, network and published ports. Running is what the engine says of the
 * thirtieth; answering is an HTTP answer of each, through the load balancer with Staithe, on its own port with docker run.
 */
final class StartBenchmark {
    private static final int REPLICAS = 30;
    private static final int ROUNDS = Integer.getInteger("bench.rounds", 3);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Bench.Setting setting;
    private final PrivateEngine engine;
    private final EngineEvents events;
    private final Figures seconds = new Figures("s");
    private int made;

    private StartBenchmark(Bench.Setting setting, PrivateEngine engine, EngineEvents events) {
        this.setting = setting;
        this.engine = engine;
        this.events = events;
    }

    static void run(Bench.Setting setting) throws Exception {
        try (PrivateEngine engine = PrivateEngine.start(setting);
                EngineEvents events = EngineEvents.of(engine)) {
            StartBenchmark benchmark = new StartBenchmark(setting, engine, events);
            try (Installation one = Installation.of(1, setting, engine, "start-1")) {
                benchmark.rounds(one, "staithe, 1 host");
            }
            try (Installation three = Installation.of(3, setting, engine, "start-3")) {
                benchmark.rounds(three, "staithe, 3 hosts");
            }
            benchmark.print();
        }
    }

    private void rounds(Installation installation, String name) throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            staithe(installation, name);
            dockerRun();
            swarm();
        }
    }

    private void staithe(Installation installation, String name) throws Exception {
        String service = "start" + ++made;
        int port = 8100 + made;
        Path file = installation.serviceFile(service, REPLICAS, port);
        events.forget();
        Instant from = Instant.now();
        installation.staithe("apply", "-f", file.toString());
        Visitors.awaitDifferent(REPLICAS, port, PATIENCE);
        seconds.add(name + ": answering", since(from, Instant.now()));
        seconds.add(name + ": running", since(from, thirtieth()));
        installation.staithe("delete", "-f", file.toString());
        engine.awaitEmpty();
    }

    private void dockerRun() throws Exception {
        events.forget();
        Instant from = Instant.now();
        PlainContainers containers = PlainContainers.start(REPLICAS, engine, setting.image());
        seconds.add("docker run: running", since(from, thirtieth()));
        containers.awaitAnswers();
        seconds.add("docker run: answering", since(from, Instant.now()));
        engine.remove();
    }

    private void swarm() throws Exception {
        events.forget();
        Instant from = Instant.now();
        engine.docker(
                "service",
                "create",
                "--detach",
                "--quiet",
                "--no-resolve-image",
                "--name=bench",
                "--replicas=" + REPLICAS,
                "--limit-memory=16m",
                "--publish=mode=host,target=80",
                setting.image());
        seconds.add("swarm: running", since(from, thirtieth()));
        engine.docker("service", "rm", "bench");
        engine.awaitEmpty();
    }

    private Instant thirtieth() throws IOException, InterruptedException {
        long nanos = 0;
        for (int i = 0; i < REPLICAS; i++) nanos = events.await("start").nanos();
        return Instant.ofEpochSecond(0, nanos);
    }

    private static double since(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private void print() {
        seconds.print();
        for (String name : List.of("staithe, 1 host", "staithe, 3 hosts")) {
            seconds.printRatio(name + ": answering", "docker run: answering");
            seconds.printRatio(name + ": running", "docker run: running");
            seconds.printRatio(name + ": running", "swarm: running");
        }
    }
}
