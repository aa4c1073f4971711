package io.staithe.server.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A service behind a load balancer, and what can happen to it; each until it is over. */
final class TrafficService {
    static final int PORT = 8095;
    private static final int OTHER_PORT = 8096;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration EVERY = Duration.ofMillis(100);

    private static final Pattern TASK_ARN = Pattern.compile("arn:[a-z0-9:-]+:task/[^\"]+");
    private static final String WAIT = "--timeout=300s";

    private final Bench.Setting setting;
    private final Installation installation;
    private final PrivateEngine engine;
    private int replicas;
    private int revision;

    private TrafficService(Bench.Setting setting, Installation installation, PrivateEngine engine) {
        this.setting = setting;
        this.installation = installation;
        this.engine = engine;
    }

    static TrafficService start(Bench.Setting setting, Installation installation, PrivateEngine engine, int replicas)
            throws IOException, InterruptedException {
        TrafficService service = new TrafficService(setting, installation, engine);
        service.replicas = replicas;
        service.deploy("{ strategy: ROLLING }");
        return service;
    }

    /** The service with two sides; another revision has another environment. */
    void deploy(String strategy) throws IOException, InterruptedException {
        revision++;
        Path file = installation.serviceFile("traffic", replicas, PORT);
        String manifest = Files.readString(file)
                .replace("---\nkind: Listener", """
                        ---
                        kind: TargetGroup
                        name: traffic-2
                        healthCheckPath: /
                        deregistrationDelaySeconds: 1
                        ---
                        kind: Listener""")
                .replace("    containerPort: 80\nplacementStrategy", """
                            containerPort: 80
                            advancedConfiguration:
                              alternateTargetGroupArn: traffic-2
                              productionListenerRule: "traffic:%d"
                        deploymentConfiguration: %s
                        placementStrategy""".formatted(PORT, strategy)
                        .stripTrailing())
                .replace(
                        "      stopTimeout: 2",
                        "      stopTimeout: 2\n      environment: [{ name: REVISION, value: \"%d\" }]"
                                .formatted(revision));
        Files.writeString(file, manifest);
        installation.staithe("apply", "-f", file.toString(), "--wait", WAIT);
    }

    void scale(int... counts) throws IOException, InterruptedException {
        for (int count : counts) {
            replicas = count;
            installation.staithe("scale", "traffic", Integer.toString(count), "--wait", WAIT);
        }
    }

    void drain() throws IOException, InterruptedException {
        installation.staithe("drain", "host3", "--wait", WAIT);
        installation.staithe("drain", "host3", "--undo");
    }

    void stopAThird() throws IOException, InterruptedException {
        List<String> tasks = TASK_ARN.matcher(installation.staithe("get", "tasks", "-o", "json"))
                .results()
                .map(MatchResult::group)
                .distinct()
                .limit(replicas / 3)
                .toList();
        for (String task : tasks) installation.staithe("stop", task);
        scale(replicas);
    }

    /** Another listener is another configuration. */
    void reload() throws IOException, InterruptedException {
        Path file = Files.writeString(setting.folder().resolve("other.yaml"), """
                kind: LoadBalancer
                name: other
                ---
                kind: Listener
                loadBalancerArn: other
                port: %d
                defaultActions:
                  - type: fixed-response
                    fixedResponseConfig: { statusCode: "200" }
                """.formatted(OTHER_PORT));
        installation.staithe("apply", "-f", file.toString());
        Program.await("the new listener answers", PATIENCE, EVERY, () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), OTHER_PORT)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    void killAThird() throws IOException, InterruptedException {
        List<String> running = containers();
        List<String> kill = new ArrayList<>(engine.command("kill"));
        kill.addAll(running.subList(0, running.size() / 3));
        Program.run(Map.of(), kill);
        scale(replicas);
    }

    /** Until the replacements answer on the other hosts; that takes as long as a host may be out of reach. */
    void cutThePowerOf(int host) throws IOException, InterruptedException {
        PowerCut.of(host, installation, engine);
        Program.await(
                "the host is given up", PATIENCE, EVERY, () -> containers().size() >= replicas);
        scale(replicas);
    }

    private List<String> containers() throws IOException, InterruptedException {
        return engine.running("label=io.staithe.task");
    }
}
