package io.staithe.server.bench;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ./dev bench [NAME...]}: runs the benchmarks, or those that are named, in their order.
 *
 * <p>System properties: {@code bench.folder} (all files; made anew), {@code bench.root} (the checkout), {@code bench.server}
 * and {@code bench.agent} (the commands that start them).
 */
public final class Bench {
    private Bench() {}

    /** What is measured. */
    interface Benchmark {
        void run(Setting setting) throws Exception;
    }

    /**
     * What benchmarks run on.
     *
     * @param folder for the files of one benchmark, its own engine's included
     * @param image a web server that says its host name; {@code ./dev bench} builds its context
     */
    record Setting(Path folder, Path root, String server, String agent, String image) {
        static Setting ofProperties(String benchmark) {
            return new Setting(
                    Path.of(property("bench.folder"), benchmark),
                    Path.of(property("bench.root")),
                    property("bench.server"),
                    property("bench.agent"),
                    "staithe/hello:1");
        }

        private static String property(String name) {
            String value = System.getProperty(name);
            if (value == null) throw new IllegalArgumentException("-D" + name + " is required; ./dev bench sets it");
            return value;
        }
    }

    public static void main(String[] names) throws Exception {
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("loop", setting -> new LoopBenchmark().run());
        all.put("start", StartBenchmark::run);
        all.put("replace", ReplaceBenchmark::run);
        all.put("traffic", TrafficBenchmark::run);
        all.put("idle", IdleBenchmark::run);
        all.put("restart", RestartBenchmark::run);
        if (names.length > 0) all.keySet().retainAll(List.of(names));
        if (all.isEmpty()) throw new IllegalArgumentException("no benchmark is called " + String.join(" ", names));
        System.out.println(Machine.describe());
        for (Map.Entry<String, Benchmark> benchmark : all.entrySet()) {
            System.out.printf("%n%s (load average %s)%n", benchmark.getKey(), Machine.load());
            benchmark.getValue().run(Setting.ofProperties(benchmark.getKey()));
        }
    }
}
