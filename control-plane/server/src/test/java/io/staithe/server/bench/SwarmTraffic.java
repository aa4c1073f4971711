package io.staithe.server.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The same service under Docker Swarm. Swarm's own load balancer needs IPVS, which not every kernel has; so it is the other
 * usual way: HAProxy on the service's network, with the tasks' addresses from Swarm's DNS, and with the settings for checks
 * and retries that our edge has.
 */
final class SwarmTraffic implements AutoCloseable {
    static final int PORT = 8097;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final String CONFIGURATION = """
            defaults
              mode http
              timeout connect 1s
              timeout client 60s
              timeout server 60s
              timeout http-keep-alive 10s
              retries 10
              option redispatch 1
              retry-on conn-failure empty-response response-timeout
            resolvers docker
              nameserver dns 127.0.0.11:53
              timeout resolve 200ms
              hold valid 200ms
              hold obsolete 0s
              accepted_payload_size 8192
            frontend traffic
              bind :PORT
              default_backend tasks
            backend tasks
              http-request disable-l7-retry unless METH_GET
              option httpchk GET /
              server-template task 60 tasks.traffic:80 check inter 2s downinter 100ms rise 1 fall 2 resolvers docker init-addr none
            """.replace("PORT", Integer.toString(PORT));

    private final PrivateEngine engine;
    private final Program proxy;
    private int revision;

    private SwarmTraffic(PrivateEngine engine, Program proxy) {
        this.engine = engine;
        this.proxy = proxy;
    }

    static SwarmTraffic start(Bench.Setting setting, PrivateEngine engine, int replicas)
            throws IOException, InterruptedException {
        engine.docker("network", "create", "--driver=overlay", "--attachable", "traffic");
        engine.docker(
                "service",
                "create",
                "--detach",
                "--quiet",
                "--no-resolve-image",
                "--name=traffic",
                "--replicas=" + replicas,
                "--network=traffic",
                "--endpoint-mode=dnsrr",
                "--limit-memory=16m",
                "--stop-grace-period=2s",
                "--health-cmd=wget -q -O /dev/null http://127.0.0.1/",
                "--health-interval=1s",
                "--update-order=start-first",
                "--update-parallelism=" + replicas,
                "--update-monitor=1s",
                setting.image());
        engine.docker(
                "run",
                "--detach",
                "--name=proxy",
                "--network=traffic",
                "--publish=" + PORT + ":" + PORT,
                setting.image());
        Path configuration = Files.writeString(setting.folder().resolve("swarm.cfg"), CONFIGURATION);
        Program proxy = Program.start(
                setting.folder().resolve("swarm-proxy.log"),
                Map.of(),
                List.of(
                        "nsenter",
                        "--net",
                        "--target=" + engine.docker("inspect", "--format={{.State.Pid}}", "proxy"),
                        "haproxy",
                        "-db",
                        "-f",
                        configuration.toString()));
        Visitors.awaitDifferent(replicas, PORT, PATIENCE);
        return new SwarmTraffic(engine, proxy);
    }

    /** As many new tasks as the old ones at once, each healthy before an old one stops: Swarm's quickest update without a gap. */
    void update() throws IOException, InterruptedException {
        revision++;
        engine.docker(
                "service",
                "update",
                "--detach",
                "--quiet",
                "--no-resolve-image",
                "--env-add=REVISION=" + revision,
                "traffic");
        Program.await("Swarm's update is completed", PATIENCE, EVERY, () -> engine.docker(
                        "service", "inspect", "--format={{.UpdateStatus.State}}", "traffic")
                .equals("completed"));
    }

    @Override
    public void close() {
        proxy.close();
    }
}
