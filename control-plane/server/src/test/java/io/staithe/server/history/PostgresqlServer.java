package io.staithe.server.history;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Debian's PostgreSQL in a folder of its own, as the user {@code postgres} when the test is run by root. */
public final class PostgresqlServer implements QuarkusTestResourceLifecycleManager {
    private static final Path VERSIONS = Path.of("/usr/lib/postgresql");

    private Path folder = Path.of("");
    private Path programs = Path.of("");

    @Override
    public Map<String, String> start() {
        try {
            folder = Files.createTempDirectory("staithe-postgresql");
            programs = programs();
            int port = freePort();
            if (isRoot()) run("chown", "postgres", folder.toString());
            Path data = folder.resolve("data");
            postgresql("initdb", "-D", data.toString(), "-A", "trust", "-U", "staithe", "--no-sync");
            postgresql(
                    "pg_ctl",
                    "-D",
                    data.toString(),
                    "-w",
                    "-l",
                    folder.resolve("log").toString(),
                    "-o",
                    "-p " + port + " -k " + folder + " -c listen_addresses=127.0.0.1 -c fsync=off",
                    "start");
            postgresql("createdb", "-h", "127.0.0.1", "-p", Integer.toString(port), "-U", "staithe", "staithe");
            return Map.of(
                    "staithe.data",
                    Files.createTempDirectory("staithe-postgresql-test").toString(),
                    "staithe.database.url",
                    "jdbc:postgresql://127.0.0.1:" + port + "/staithe",
                    "staithe.database.username",
                    "staithe");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            postgresql("pg_ctl", "-D", folder.resolve("data").toString(), "-w", "-m", "immediate", "stop");
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path programs() throws IOException {
        try (Stream<Path> versions = Files.list(VERSIONS)) {
            return versions.max(Comparator.naturalOrder())
                    .orElseThrow(() -> new IllegalStateException("no PostgreSQL under " + VERSIONS))
                    .resolve("bin");
        }
    }

    private void postgresql(String program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (isRoot()) command.addAll(List.of("runuser", "-u", "postgres", "--"));
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command.toArray(String[]::new));
    }

    private static void run(String... command) throws IOException {
        Path output = Files.createTempFile("staithe-postgresql", ".out");
        Process process = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0)
                throw new IllegalStateException(
                        String.join(" ", command) + ": " + Files.readString(output, StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        Files.delete(output);
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
