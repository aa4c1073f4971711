package io.staithe.server.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that was started here, and what the kernel says of it. */
final class Program implements AutoCloseable {
    private static final long TICKS_IN_A_SECOND = 100;
    private static final double KIB_IN_MB = 1000.0 / 1.024;
    private static final long ENDS_WITHIN_SECONDS = 40;

    private final Process process;

    private Program(Process process) {
        this.process = process;
    }

    /** Starts it in the background; its output goes into {@code log}. */
    static Program start(Path log, Map<String, String> environment, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        // Nothing stays behind when somebody interrupts the benchmark.
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return new Program(process);
    }

    /** Runs it to its end, and returns what it says on its standard output. */
    static String run(Map<String, String> environment, List<String> command) throws IOException, InterruptedException {
        Path errors = Files.createTempFile("bench", ".err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        String said = Files.readString(errors);
        Files.delete(errors);
        if (code != 0) throw new IOException(command + " ended with " + code + ": " + output + said);
        return output.strip();
    }

    /** Seconds on a core, of all its threads, since it started. */
    double cpuSeconds() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / (double) TICKS_IN_A_SECOND;
    }

    /** Resident memory in MB. */
    double residentMb() throws IOException {
        Matcher line = Pattern.compile("VmRSS:\\s+(\\d+) kB")
                .matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
        if (!line.find()) throw new IOException("the process has ended");
        return Long.parseLong(line.group(1)) / KIB_IN_MB;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As {@code kill -9}. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) kill();
        } catch (InterruptedException ending) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** A condition that is asked for until it holds. */
    interface Condition {
        boolean holds() throws IOException, InterruptedException;
    }

    static void await(String what, Duration atMost, Duration every, Condition condition)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) throw new IOException("not within " + atMost.toSeconds() + " s: " + what);
            TimeUnit.NANOSECONDS.sleep(every.toNanos());
        }
    }

    static List<String> words(String command) {
        return Arrays.asList(command.split(" "));
    }
}
