package io.staithe.server.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Every change of a service of 10 replicas under a steady load: how many requests fail, and how slow the others become. */
final class TrafficBenchmark {
    private static final int REPLICAS = 10;
    private static final int PORT = 8095;
    /** Before and after each change. */
    private static final long QUIET_SECONDS = 3;

    private static final Pattern TASK_ARN = Pattern.compile("arn:[a-z0-9:-]+:task/[^\"]+");
    private static final String WAIT = "--timeout=300s";

    private final Bench.Setting setting;
    private final Installation installation;
    private final PrivateEngine engine;
    private int revision;

    private TrafficBenchmark(Bench.Setting setting, Installation installation, PrivateEngine engine) {
        this.setting = setting;
        this.installation = installation;
        this.engine = engine;
    }

    /** Something that is done to the service, until it is done. */
    private interface Change {
        void make() throws IOException, InterruptedException;
    }

    static void run(Bench.Setting setting) throws Exception {
        try (PrivateEngine engine = PrivateEngine.start(setting);
                Installation installation = Installation.of(3, setting, engine, "traffic")) {
            new TrafficBenchmark(setting, installation, engine).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        apply(REPLICAS, "{ strategy: ROLLING }");
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("nothing", () -> TimeUnit.SECONDS.sleep(3 * QUIET_SECONDS));
        changes.put("rolling update", () -> deploy("{ strategy: ROLLING }"));
        changes.put("blue/green", () -> deploy("{ strategy: BLUE_GREEN, bakeTimeInMinutes: 0 }"));
        changes.put(
                "linear, 4 steps",
                () -> deploy(
                        "{ strategy: LINEAR, linearConfiguration: { stepPercent: 25, stepBakeTimeInMinutes: 0 } }"));
        changes.put(
                "canary, 10 %",
                () -> deploy(
                        "{ strategy: CANARY, canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: 0 } }"));
        changes.put("scale 10 to 30 to 5", this::scale);
        changes.put("drain a host", this::drain);
        changes.put("StopTask on a third", this::stopAThird);
        changes.put("HAProxy reload", this::reload);
        changes.put("control plane killed, restarted", installation::killAndRestartServer);
        changes.put("agent killed, restarted", () -> installation.killAndRestartAgent(2, engine));
        changes.put("a third of the containers killed", this::killAThird);
        Wrk.Seen quiet = null;
        for (Map.Entry<String, Change> change : changes.entrySet()) {
            Wrk.Seen seen = under(change.getValue());
            if (quiet == null) quiet = seen;
            System.out.printf(
                    Locale.ROOT,
                    "  %-34s %7d requests, %5.0f/s, %4d failed, %4d not 2xx, p99 %7.2f ms (%.2f times quiet)%n",
                    change.getKey(),
                    seen.requests(),
                    seen.rate(),
                    seen.failed(),
                    seen.notOk(),
                    seen.p99Millis(),
                    seen.p99Millis() / quiet.p99Millis());
        }
    }

    private Wrk.Seen under(Change change) throws IOException, InterruptedException {
        Wrk load = Wrk.on(setting.folder(), PORT);
        TimeUnit.SECONDS.sleep(QUIET_SECONDS);
        change.make();
        TimeUnit.SECONDS.sleep(QUIET_SECONDS);
        return load.end();
    }

    private void deploy(String strategy) throws IOException, InterruptedException {
        revision++;
        apply(REPLICAS, strategy);
    }

    /** The service with two sides; another revision has another environment. */
    private void apply(int replicas, String strategy) throws IOException, InterruptedException {
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

    private void scale() throws IOException, InterruptedException {
        for (String count : List.of("30", "5", Integer.toString(REPLICAS)))
            installation.staithe("scale", "traffic", count, "--wait", WAIT);
    }

    private void drain() throws IOException, InterruptedException {
        installation.staithe("drain", "host3", "--wait", WAIT);
        installation.staithe("drain", "host3", "--undo");
    }

    private void stopAThird() throws IOException, InterruptedException {
        List<String> tasks = TASK_ARN.matcher(installation.staithe("get", "tasks", "-o", "json"))
                .results()
                .map(MatchResult::group)
                .distinct()
                .limit(REPLICAS / 3)
                .toList();
        for (String task : tasks) installation.staithe("stop", task);
        installation.staithe("scale", "traffic", Integer.toString(REPLICAS), "--wait", WAIT);
    }

    /** Another listener is another configuration. */
    private void reload() throws IOException, InterruptedException {
        Path file = Files.writeString(setting.folder().resolve("other.yaml"), """
                kind: LoadBalancer
                name: other
                ---
                kind: Listener
                loadBalancerArn: other
                port: 8096
                defaultActions:
                  - type: fixed-response
                    fixedResponseConfig: { statusCode: "200" }
                """);
        installation.staithe("apply", "-f", file.toString());
        Program.await("the new listener answers", Duration.ofMinutes(1), Duration.ofMillis(50), () -> {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), 8096)) {
                return socket.isConnected();
            } catch (IOException notYet) {
                return false;
            }
        });
    }

    private void killAThird() throws IOException, InterruptedException {
        List<String> containers = engine.running("label=io.staithe.task");
        for (String container : containers.subList(0, containers.size() / 3)) engine.docker("kill", container);
        installation.staithe("scale", "traffic", Integer.toString(REPLICAS), "--wait", WAIT);
    }
}
