package io.staithe.server.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Containers without anybody who looks after them, by {@code docker run}, each with a published port: what starting alone takes. */
final class PlainContainers {
    static final String LABEL = "staithe-bench=plain";
    /** As many as an agent starts at a time. */
    private static final int PARALLEL = 8;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PrivateEngine engine;
    private final List<String> containers;

    private PlainContainers(PrivateEngine engine, List<String> containers) {
        this.engine = engine;
        this.containers = containers;
    }

    /** Until the last has been started. */
    static PlainContainers start(int count, PrivateEngine engine, String image)
            throws IOException, InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(PARALLEL);
        try {
            List<Future<String>> starting = new ArrayList<>();
            for (int i = 0; i < count; i++)
                starting.add(pool.submit(() -> engine.docker(
                        "run", "-d", "-p", "80", "--memory", "16m", "--cpu-shares", "16", "--label", LABEL, image)));
            List<String> containers = new ArrayList<>();
            for (Future<String> container : starting) containers.add(container.get());
            return new PlainContainers(engine, containers);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        } finally {
            pool.shutdown();
        }
    }

    void awaitAnswers() throws IOException, InterruptedException {
        for (String container : containers) {
            String address =
                    engine.docker("port", container, "80").lines().findFirst().orElseThrow();
            int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
            Visitors.await(container, port, PATIENCE);
        }
    }
}
