package io.staithe.server.bench;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Every change of a service of 10 replicas under a steady load: how many requests fail, and how slow the others become. Then
 * a rolling update of 30 replicas against plain starts of as many containers, and Docker Swarm's update under the same load.
 * {@code -Dbench.changes=REGEX}: only what is called like this, beside the quiet time.
 */
final class TrafficBenchmark {
    private static final int REPLICAS = 10;
    private static final int MANY = 30;
    /** Before and after each change. */
    private static final long QUIET_SECONDS = 3;

    private static final String QUIET = "nothing";
    private static final String UPDATE = "rolling update";
    private static final String UPDATE_OF_MANY = UPDATE + " of " + MANY;
    private static final String PLAIN_STARTS = MANY + " times docker run, beside";
    private static final String SWARM = "Swarm: ";
    private static final Pattern ONLY = Pattern.compile(System.getProperty("bench.changes", ""));

    private final Bench.Setting setting;
    private final Map<String, Double> seconds = new HashMap<>();
    private double p99Quiet;

    private TrafficBenchmark(Bench.Setting setting) {
        this.setting = setting;
    }

    /** Something that happens to the service, until it is over. */
    private interface Change {
        void make() throws IOException, InterruptedException;
    }

    static void run(Bench.Setting setting) throws Exception {
        TrafficBenchmark benchmark = new TrafficBenchmark(setting);
        try (PrivateEngine engine = PrivateEngine.start(setting)) {
            try (Installation installation = Installation.of(3, setting, engine, "traffic")) {
                benchmark.staithe(installation, engine);
            }
            if (ONLY.matcher(SWARM).find()) benchmark.swarm(engine);
        }
    }

    private void staithe(Installation installation, PrivateEngine engine) throws IOException, InterruptedException {
        TrafficService service = TrafficService.start(setting, installation, engine, REPLICAS);
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put(QUIET, TrafficBenchmark::nothing);
        changes.put(UPDATE, () -> service.deploy("{ strategy: ROLLING }"));
        changes.put("blue/green", () -> service.deploy("{ strategy: BLUE_GREEN, bakeTimeInMinutes: 0 }"));
        changes.put(
                "linear, 4 steps",
                () -> service.deploy(
                        "{ strategy: LINEAR, linearConfiguration: { stepPercent: 25, stepBakeTimeInMinutes: 0 } }"));
        changes.put(
                "canary, 10 %",
                () -> service.deploy(
                        "{ strategy: CANARY, canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: 0 } }"));
        changes.put("scale 10 to 30 to 5 to 10", () -> service.scale(MANY, REPLICAS / 2, REPLICAS));
        changes.put("drain a host", service::drain);
        changes.put("StopTask on a third", service::stopAThird);
        changes.put("HAProxy reload", service::reload);
        changes.put("control plane killed, restarted", installation::killAndRestartServer);
        changes.put("agent killed, restarted", () -> installation.killAndRestartAgent(2, engine));
        changes.put("a third of the containers killed", service::killAThird);
        under(TrafficService.PORT, changes);
        updateOfMany(service, engine);
        service.scale(REPLICAS);
        under(TrafficService.PORT, Map.of("a host's power cut", () -> service.cutThePowerOf(3)));
    }

    private void updateOfMany(TrafficService service, PrivateEngine engine) throws IOException, InterruptedException {
        if (!ONLY.matcher(UPDATE_OF_MANY).find()) return;
        service.scale(MANY);
        under(TrafficService.PORT, Map.of(UPDATE_OF_MANY, () -> service.deploy("{ strategy: ROLLING }")));
        under(TrafficService.PORT, Map.of(PLAIN_STARTS, () -> PlainContainers.start(MANY, engine, setting.image())
                .awaitAnswers()));
        ratio(UPDATE_OF_MANY, PLAIN_STARTS);
        engine.remove("label=" + PlainContainers.LABEL);
    }

    private void swarm(PrivateEngine engine) throws IOException, InterruptedException {
        engine.remove();
        try (SwarmTraffic swarm = SwarmTraffic.start(setting, engine, REPLICAS)) {
            Map<String, Change> changes = new LinkedHashMap<>();
            changes.put(SWARM + QUIET, TrafficBenchmark::nothing);
            changes.put(SWARM + UPDATE, swarm::update);
            under(SwarmTraffic.PORT, changes);
        }
        ratio(UPDATE, SWARM + UPDATE);
    }

    private void ratio(String what, String to) {
        if (!seconds.containsKey(what) || !seconds.containsKey(to)) return;
        System.out.printf(Locale.ROOT, "  %s takes %.2f times %s%n", what, seconds.get(what) / seconds.get(to), to);
    }

    private static void nothing() throws InterruptedException {
        TimeUnit.SECONDS.sleep(3 * QUIET_SECONDS);
    }

    private void under(int port, Map<String, Change> changes) throws IOException, InterruptedException {
        for (Map.Entry<String, Change> change : changes.entrySet()) {
            String name = change.getKey();
            boolean quiet = name.endsWith(QUIET);
            if (!quiet && !ONLY.matcher(name).find()) continue;
            Wrk get = Wrk.on(setting.folder(), port, Wrk.Load.GET);
            Wrk post = Wrk.on(setting.folder(), port, Wrk.Load.POST);
            TimeUnit.SECONDS.sleep(QUIET_SECONDS);
            Instant from = Instant.now();
            change.getValue().make();
            seconds.put(name, Duration.between(from, Instant.now()).toMillis() / 1000.0);
            TimeUnit.SECONDS.sleep(QUIET_SECONDS);
            Wrk.Seen gets = get.end();
            if (quiet) p99Quiet = gets.p99Millis();
            print(name, gets, post.end());
        }
    }

    private void print(String name, Wrk.Seen get, Wrk.Seen post) {
        System.out.printf(
                Locale.ROOT,
                "  %-34s %5.1f s; GET %6d, %5.0f/s, %d failed, %d not 2xx, p99 %6.1f ms (%.1f times quiet), longest %5.0f ms;"
                        + " POST %5d, %d failed, %d not 2xx, p99 %6.1f ms%n",
                name,
                seconds.get(name),
                get.requests(),
                get.rate(),
                get.failed(),
                get.notOk(),
                get.p99Millis(),
                get.p99Millis() / p99Quiet,
                get.longestMillis(),
                post.requests(),
                post.failed(),
                post.notOk(),
                post.p99Millis());
    }
}
