package io.staithe.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * {@code ./dev bench scheduler [FOLDER]}: how few hosts tasks need, then how fast they get them. What is measured runs in
 * processes of their own, one after another, each on one thread.
 *
 * <p>Argument: the folder of the traces. System property {@code bench.java}: more arguments for these processes.
 */
public final class SchedulerBenchmark {
    private static final int WARM_UPS = 2;
    private static final TimeValue WARM_UP = TimeValue.seconds(1);
    private static final int ROUNDS = 3;
    private static final TimeValue ROUND = TimeValue.milliseconds(500);
    /** Fenzo is made for batches: one task is none. */
    private static final Set<Peer> ONE_BY_ONE = EnumSet.complementOf(EnumSet.of(Peer.FENZO, Peer.FENZO_GOOD_ENOUGH));

    private static final Set<Peer> WITH_RULES = EnumSet.of(Peer.STAITHE, Peer.STAITHE_EXPLAINED);

    private SchedulerBenchmark() {}

    public static void main(String[] arguments) throws IOException, RunnerException {
        say("density: hosts used%n");
        DensityTable.print(Path.of(arguments.length > 0 ? arguments[0] : ""));
        say("%nspeed: %,d tasks with rules; load average %.2f. About four minutes.%n", Contest.TASKS, load());
        SpeedTable table = new SpeedTable();
        table.addFills(run(Filling.class, EnumSet.allOf(Peer.class)));
        table.addDecisions(run(Deciding.class, ONE_BY_ONE));
        table.addRefusals(run(Refusing.class, WITH_RULES));
        table.print();
        say("%nLoad average at the end: %.2f", load());
    }

    private static Collection<RunResult> run(Class<?> benchmark, Set<Peer> peers) throws RunnerException {
        Options options = new OptionsBuilder()
                .include(benchmark.getName())
                .param("peer", peers.stream().map(Enum::name).toArray(String[]::new))
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(WARM_UP)
                .measurementIterations(ROUNDS)
                .measurementTime(ROUND)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true)
                .jvmArgs(javaArguments())
                .build();
        return new Runner(options).run();
    }

    private static String[] javaArguments() {
        Stream<String> more =
                Arrays.stream(System.getProperty("bench.java", "").split(" ")).filter(word -> !word.isEmpty());
        return Stream.concat(Stream.of("-Xms2g", "-Xmx2g", "-XX:+UseSerialGC"), more)
                .toArray(String[]::new);
    }

    /** Processes that wanted a core, over the last minute. */
    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static void say(String format, Object... arguments) {
        System.out.printf(Locale.ROOT, format + "%n", arguments);
    }
}
