package io.staithe.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Docker Engine for a benchmark alone, a Swarm of one node too, so that all who are compared use the same one. */
final class PrivateEngine implements AutoCloseable {
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(1);
    private static final Duration EVERY = Duration.ofMillis(100);

    private final Program dockerd;
    private final Path socket;

    private PrivateEngine(Program dockerd, Path socket) {
        this.dockerd = dockerd;
        this.socket = socket;
    }

    static PrivateEngine start(Bench.Setting setting) throws IOException, InterruptedException {
        Path folder = Files.createDirectories(setting.folder().resolve("docker"));
        Path socket = folder.resolve("docker.sock");
        Program dockerd = Program.start(
                setting.folder().resolve("dockerd.log"),
                Map.of(),
                List.of(
                        "dockerd",
                        "--host=unix://" + socket,
                        "--data-root=" + folder.resolve("data"),
                        "--exec-root=" + folder.resolve("exec"),
                        "--pidfile=" + folder.resolve("dockerd.pid"),
                        "--userland-proxy=false",
                        "--containerd-namespace=staithe-bench",
                        "--containerd-plugins-namespace=staithe-bench-plugins"));
        PrivateEngine engine = new PrivateEngine(dockerd, socket);
        Program.await("dockerd answers", STARTS_WITHIN, EVERY, () -> {
            if (!dockerd.isAlive()) throw new IOException("dockerd has ended; see dockerd.log");
            return Files.exists(socket);
        });
        engine.docker("build", "-q", "-t", setting.image(), setting.root() + "/examples/hello");
        engine.docker("swarm", "init", "--advertise-addr", "127.0.0.1");
        return engine;
    }

    String docker(String... arguments) throws IOException, InterruptedException {
        return Program.run(Map.of(), command(arguments));
    }

    List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker", "--host=" + address()));
        command.addAll(List.of(arguments));
        return command;
    }

    String address() {
        return "unix://" + socket;
    }

    /** Ids of running containers that pass all {@code filters}, as docker ps has them. */
    List<String> running(String... filters) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("ps", "-q", "--no-trunc"));
        for (String filter : filters) arguments.add("--filter=" + filter);
        return docker(arguments.toArray(String[]::new)).lines().toList();
    }

    /** Ends running containers that pass all {@code filters}. */
    void remove(String... filters) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(command("rm", "-f"));
        List<String> containers = running(filters);
        command.addAll(containers);
        if (!containers.isEmpty()) Program.run(Map.of(), command);
    }

    void awaitEmpty() throws IOException, InterruptedException {
        Program.await("no container runs", Duration.ofMinutes(2), EVERY, () -> running()
                .isEmpty());
    }

    @Override
    public void close() {
        dockerd.close();
    }
}
