package io.staithe.server.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A steady load with keep-alive, by wrk: each of its connections asks, waits for the answer and then for a fixed time, so
 * that its rate is at most connections by that time.
 */
final class Wrk {
    private static final int PAUSE_MILLIS = Integer.getInteger("bench.pause", 20);
    /** As long as the load balancer waits itself: what is answered late is no failure, and seen in {@link Seen#longestMillis}. */
    private static final String TIMEOUT = "60s";

    private static final String SCRIPT = """
            function delay() return PAUSE end
            function done(summary, latency, requests)
              local e = summary.errors
              io.write(string.format("figures %d %d %d %.3f %.3f %.3f\\n", summary.requests, e.status,
                e.connect + e.read + e.write + e.timeout, latency:percentile(99) / 1000, latency.max / 1000,
                summary.duration / 1e6))
            end
            """.replace("PAUSE", Integer.toString(PAUSE_MILLIS));

    /** What is asked for. */
    enum Load {
        /** May be sent again when its target dies. */
        GET(40, "/", ""),
        /** With a body of 4 kB; may be sent once. */
        POST(2, "/cgi-bin/size", "wrk.method = \"POST\"\nwrk.body = string.rep(\"x\", 4096)\n");

        private final int connections;
        private final String path;
        private final String script;

        Load(int connections, String path, String script) {
            this.connections = connections;
            this.path = path;
            this.script = script;
        }
    }

    /**
     * Users have machines of their own: what they wait for must not be a processor for themselves. So wrk has a control group of
     * more weight than all else, where there are groups of version 1 (and no systemd).
     */
    private static final String BEFORE_ALL_ELSE = """
            group=/sys/fs/cgroup/cpu/staithe-bench
            if mkdir -p $group 2>/dev/null; then
              echo 262144 > $group/cpu.shares
              echo $$ > $group/cgroup.procs
            fi
            exec "$0" "$@"
            """;

    private final Process process;

    private Wrk(Process process) {
        this.process = process;
    }

    /**
     * What a load has seen.
     *
     * @param notOk answers that were neither 2xx nor 3xx
     * @param failed connections that broke, were refused or timed out
     * @param p99Millis of the time to the answer
     */
    record Seen(long requests, long notOk, long failed, double p99Millis, double longestMillis, double seconds) {
        double rate() {
            return requests / seconds;
        }
    }

    static Wrk on(Path folder, int port, Load load) throws IOException {
        Path script =
                Files.writeString(folder.resolve(load.name().toLowerCase(Locale.ROOT) + ".lua"), load.script + SCRIPT);
        return new Wrk(new ProcessBuilder(
                        "sh",
                        "-c",
                        BEFORE_ALL_ELSE,
                        "wrk",
                        "--threads=1",
                        "--connections=" + load.connections,
                        "--duration=1h",
                        "--timeout=" + TIMEOUT,
                        "--latency",
                        "--script=" + script,
                        "http://127.0.0.1:" + port + load.path)
                .redirectErrorStream(true)
                .start());
    }

    Seen end() throws IOException, InterruptedException {
        Program.run(Map.of(), List.of("kill", "-INT", Long.toString(process.pid())));
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        String[] figures = output.lines()
                .filter(line -> line.startsWith("figures "))
                .findFirst()
                .orElseThrow(() -> new IOException("wrk said: " + output))
                .split(" ");
        return new Seen(
                Long.parseLong(figures[1]),
                Long.parseLong(figures[2]),
                Long.parseLong(figures[3]),
                Double.parseDouble(figures[4]),
                Double.parseDouble(figures[5]),
                Double.parseDouble(figures[6]));
    }
}
