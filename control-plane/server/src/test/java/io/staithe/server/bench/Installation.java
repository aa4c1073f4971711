package io.staithe.server.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A control plane and its agents, as {@code ./dev up} starts them. The first agent carries the traffic. */
final class Installation implements AutoCloseable {
    static final int API_PORT = 7400;
    static final int GATEWAY_PORT = 7401;
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(2);
    private static final Duration EVERY = Duration.ofMillis(20);
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private final Bench.Setting setting;
    private final Path folder;
    private final List<Program> agents = new ArrayList<>();
    private Program server;

    private Installation(Bench.Setting setting, Path folder) throws IOException, InterruptedException {
        this.setting = setting;
        this.folder = Files.createDirectories(folder);
        server = startServer();
        Files.writeString(
                folder.resolve("config"),
                "[default]\nendpoint_url = http://127.0.0.1:" + API_PORT + "\ncredentials_file = " + credentials()
                        + "\n");
    }

    static Installation withoutHosts(Bench.Setting setting, String name) throws IOException, InterruptedException {
        return new Installation(setting, setting.folder().resolve(name));
    }

    static Installation of(int hosts, Bench.Setting setting, PrivateEngine engine, String name)
            throws IOException, InterruptedException {
        Installation made = withoutHosts(setting, name);
        for (int n = 1; n <= hosts; n++) made.agents.add(made.startAgent(n, engine));
        Program.await(
                "the agents are connected",
                STARTS_WITHIN,
                Duration.ofMillis(200),
                () -> made.metric("staithe_hosts_connected") == hosts);
        return made;
    }

    private Program startServer() throws IOException, InterruptedException {
        Program started = Program.start(
                folder.resolve("server.log"),
                Map.of("STAITHE_DATA", data().toString(), "STAITHE_STORE_TYPE", "embedded"),
                Program.words(setting.server()));
        Program.await("the control plane is ready", STARTS_WITHIN, EVERY, () -> {
            if (!started.isAlive()) throw new IOException("the control plane has ended; see server.log");
            return answers("/q/health/ready");
        });
        return started;
    }

    /** Each offers more than there is: the benchmarks are about starting, not about fitting. */
    private Program startAgent(int n, PrivateEngine engine) throws IOException {
        List<String> command = new ArrayList<>(Program.words(setting.agent()));
        command.addAll(List.of(
                "--control-plane",
                "127.0.0.1:" + GATEWAY_PORT,
                "--token-file",
                data().resolve("join-token").toString(),
                "--data",
                folder.resolve("host" + n).toString(),
                "--name",
                "host" + n,
                "--address",
                address(n),
                "--docker-host",
                engine.address(),
                "--cpu",
                "16384",
                "--memory",
                "16384"));
        if (n == 1) command.add("--edge");
        return Program.start(folder.resolve("host" + n + ".log"), Map.of(), command);
    }

    /** Each host has one of its own, all of this machine's. */
    String address(int n) {
        return "127.0.0." + n;
    }

    /** By which the containers of a host are labelled. */
    String instance(int n) throws IOException {
        return Files.readAllLines(folder.resolve("host" + n).resolve("identity")).stream()
                .filter(line -> line.startsWith("instance "))
                .findFirst()
                .orElseThrow()
                .substring("instance ".length());
    }

    /** Where the proxy of the first host answers questions. */
    Path proxySocket() {
        return folder.resolve("host1/haproxy/runtime.sock");
    }

    String staithe(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(setting.root() + "/bin/staithe"));
        command.addAll(List.of(arguments));
        return Program.run(Map.of("STAITHE_CONFIG", folder.resolve("config").toString()), command);
    }

    /** A service of {@code replicas} behind a load balancer's {@code port}; what is applied, all of it. */
    Path serviceFile(String name, int replicas, int port) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), """
                kind: LoadBalancer
                name: NAME
                ---
                kind: TargetGroup
                name: NAME
                healthCheckPath: /
                deregistrationDelaySeconds: 1
                ---
                kind: Listener
                loadBalancerArn: NAME
                port: PORT
                defaultActions:
                  - type: forward
                    targetGroupArn: NAME
                ---
                kind: Service
                serviceName: NAME
                desiredCount: REPLICAS
                taskDefinition:
                  family: NAME
                  containerDefinitions:
                    - name: app
                      image: IMAGE
                      cpu: 16
                      memory: 16
                      portMappings:
                        - containerPort: 80
                      stopTimeout: 2
                loadBalancers:
                  - targetGroupArn: NAME
                    containerName: app
                    containerPort: 80
                placementStrategy:
                  - type: spread
                    field: instanceId
                """.replace("NAME", name)
                .replace("REPLICAS", Integer.toString(replicas))
                .replace("PORT", Integer.toString(port))
                .replace("IMAGE", setting.image()));
    }

    /** A number from the control plane's metrics; the sum over its labels. */
    double metric(String name) throws IOException, InterruptedException {
        return HTTP.send(request("/q/metrics"), HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private static boolean answers(String path) throws InterruptedException {
        try {
            return HTTP.send(request(path), HttpResponse.BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + API_PORT + path))
                .timeout(Duration.ofSeconds(10))
                .build();
    }

    /** As a crash and a restart. */
    void killAndRestartServer() throws IOException, InterruptedException {
        server.kill();
        server = startServer();
    }

    /** As a crash and a restart; it is back when it is connected. */
    void killAndRestartAgent(int n, PrivateEngine engine) throws IOException, InterruptedException {
        agents.get(n - 1).kill();
        int others = agents.size() - 1;
        Program.await("the agent is missed", STARTS_WITHIN, EVERY, () -> metric("staithe_hosts_connected") == others);
        agents.set(n - 1, startAgent(n, engine));
        Program.await("it is back", STARTS_WITHIN, EVERY, () -> metric("staithe_hosts_connected") == others + 1);
    }

    Program server() {
        return server;
    }

    Program agent(int n) {
        return agents.get(n - 1);
    }

    Path data() {
        return folder.resolve("server");
    }

    private Path credentials() {
        return data().resolve("admin-credentials");
    }

    /** Containers and the proxy stay: they end with the engine and with {@code ./dev bench}. */
    @Override
    public void close() {
        for (Program agent : agents) agent.close();
        server.close();
    }
}
