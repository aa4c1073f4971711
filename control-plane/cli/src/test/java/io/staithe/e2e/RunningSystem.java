package io.staithe.e2e;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;

/** What {@code ./dev up} started, as its users find it: a command, an address, a key, and process ids in files. */
final class RunningSystem {
    static final int HOSTS = 3;
    private static final Duration COMMAND = Duration.ofMinutes(1);
    private static final Duration START = Duration.ofMinutes(2);
    private static final int LAST_LINES = 12;

    private static final RunningSystem INSTANCE = new RunningSystem();

    /** Where the checkout is: tests run in their module's folder. */
    final Path root = Path.of("../..").toAbsolutePath().normalize();

    /** Where {@code ./dev} keeps what it started. */
    final Path folder;

    private RunningSystem() {
        String given = System.getenv("STAITHE_DEV_DIR");
        assertNotNull(given, "end-to-end tests need a system: ./dev test --e2e starts one and runs them");
        folder = Path.of(given);
    }

    static RunningSystem get() {
        return INSTANCE;
    }

    // ---- What people do ----

    /** Must succeed. @return what it printed */
    String staithe(String... arguments) {
        return tryStaithe("", arguments).succeeded();
    }

    Outcome tryStaithe(String input, String... arguments) {
        return Outcome.of(words(root.resolve("bin/staithe").toString(), arguments), Map.of(), input, COMMAND);
    }

    /** The AWS CLI, with the administrator's key. */
    Outcome aws(String... arguments) {
        return Outcome.of(
                words("aws", words("--endpoint-url=" + api(), arguments).toArray(String[]::new)),
                Map.of("AWS_SHARED_CREDENTIALS_FILE", credentialsFile().toString(), "AWS_DEFAULT_REGION", "us-east-1"),
                "",
                COMMAND);
    }

    /** Another agent, until it ends by itself. */
    Outcome agent(String gateway, Path tokenFile, Path data, String name) {
        String jar =
                root.resolve("agent/target/staithe-agent-0.1.0-SNAPSHOT.jar").toString();
        return Outcome.of(
                words(
                        "java",
                        "-jar",
                        jar,
                        "--control-plane",
                        gateway,
                        "--token-file",
                        tokenFile.toString(),
                        "--data",
                        data.toString(),
                        "--docker-host",
                        engine(),
                        "--name",
                        name),
                Map.of(),
                "",
                COMMAND);
    }

    String docker(String... arguments) {
        return Outcome.of(words("docker", arguments), Map.of(), "", COMMAND).succeeded();
    }

    /** Starts again whatever has ended, and waits until it is up. */
    void bringBack() {
        Outcome.of(List.of(root.resolve("dev").toString(), "up", "--hosts", "" + HOSTS), Map.of(), "", START)
                .succeeded();
    }

    // ---- What it tells ----

    String hostName(String containerInstanceArn) {
        return hosts().stream()
                .filter(host -> host.containerInstanceArn().equals(containerInstanceArn))
                .map(ContainerInstance::ec2InstanceId)
                .findFirst()
                .orElseThrow();
    }

    ContainerInstance host(String name) {
        return hosts().stream()
                .filter(host -> name.equals(host.ec2InstanceId()))
                .findFirst()
                .orElseThrow();
    }

    private List<ContainerInstance> hosts() {
        try (EcsClient ecs = ecs()) {
            List<String> arns = ecs.listContainerInstances().containerInstanceArns();
            return ecs.describeContainerInstances(request -> request.containerInstances(arns))
                    .containerInstances();
        }
    }

    URI api() {
        return URI.create(setting(folder.resolve("config"), "endpoint_url"));
    }

    /** Where agents connect, and which engine they use, as {@code ./dev} takes both from its environment. */
    String gateway() {
        return "127.0.0.1:" + System.getenv().getOrDefault("STAITHE_GATEWAY_PORT", "7401");
    }

    String engine() {
        return System.getenv().getOrDefault("DOCKER_HOST", "unix:///var/run/docker.sock");
    }

    EcsClient ecs() {
        return ecs(secret());
    }

    EcsClient ecs(String secret) {
        return EcsClient.builder()
                .endpointOverride(api())
                .region(Region.US_EAST_1)
                .credentialsProvider(credentials(secret))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    StaticCredentialsProvider credentials(String secret) {
        return StaticCredentialsProvider.create(
                AwsBasicCredentials.create(setting(credentialsFile(), "aws_access_key_id"), secret));
    }

    String secret() {
        return setting(credentialsFile(), "aws_secret_access_key");
    }

    String joinToken() {
        return read(joinTokenFile()).strip();
    }

    Path joinTokenFile() {
        return credentialsFile().resolveSibling("join-token");
    }

    private Path credentialsFile() {
        return Path.of(setting(folder.resolve("config"), "credentials_file"));
    }

    private static String setting(Path file, String name) {
        return read(file)
                .lines()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2 && pair[0].strip().equals(name))
                .map(pair -> pair[1].strip())
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + " has no " + name));
    }

    // ---- Processes ----

    /** @param name as {@code ./dev logs} takes it: server, host1, dockerd */
    long pid(String name) {
        return Long.parseLong(read(folder.resolve(name + ".pid")).split(" ")[0]);
    }

    /** {@code kill -9}; returns when it has ended. */
    void kill(String name) {
        kill(pid(name));
    }

    static void kill(long pid) {
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        Await.until("the end of process " + pid, Duration.ofSeconds(10), () -> hasEnded(pid));
    }

    /** Also when its parent has not taken notice yet. */
    private static boolean hasEnded(long pid) {
        Path stat = Path.of("/proc/" + pid + "/stat");
        try {
            String text = Files.readString(stat);
            return text.substring(text.lastIndexOf(')') + 2).startsWith("Z");
        } catch (IOException gone) {
            return true;
        }
    }

    /** HAProxy's processes: the one that others come from first. */
    List<Long> proxies() {
        String configuration = folder.resolve("host1/haproxy/haproxy.cfg").toString();
        return ProcessHandle.allProcesses()
                .filter(process -> Arrays.asList(process.info().arguments().orElse(new String[0]))
                        .contains(configuration))
                .map(ProcessHandle::pid)
                .sorted()
                .toList();
    }

    // ---- Logs ----

    List<Path> logs() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String lastLines() {
        StringBuilder text = new StringBuilder();
        for (Path log : logs()) {
            List<String> lines = read(log).lines().toList();
            text.append("--- ").append(log).append('\n');
            lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())
                    .forEach(line -> text.append(line).append('\n'));
        }
        return text.toString();
    }

    static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> words(String first, String... others) {
        List<String> words = new ArrayList<>(List.of(first));
        words.addAll(List.of(others));
        return words;
    }
}
