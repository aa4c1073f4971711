package io.staithe.loadbalancer;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * The HAProxy processes of one folder: a master in a session of its own, so that neither the agent's end nor a signal from
 * its terminal reaches it, and its workers. They are found by the sockets in the folder, never by remembered pids: whoever
 * answers there is ours, also after the agent's restart.
 */
final class HaproxyProcess {
    private static final Duration CALL = Duration.ofSeconds(2);
    private static final Duration VALIDATE = Duration.ofSeconds(10);
    private static final Duration TAKE_OVER = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final long MAX_LOG_BYTES = 1 << 20;
    private static final int MAX_TAIL_BYTES = 8 << 10;
    private static final int MAX_REASONS = 4;
    private static final int MAX_REASON_CHARS = 800;

    private final HaproxySettings settings;
    private final HaproxySocket runtime;
    private final HaproxySocket master;

    HaproxyProcess(HaproxySettings settings) {
        this.settings = settings;
        this.runtime = new HaproxySocket(settings.runtimeSocket(), CALL);
        this.master = new HaproxySocket(settings.masterSocket(), CALL);
    }

    HaproxySocket runtime() {
        return runtime;
    }

    HaproxySocket master() {
        return master;
    }

    /** Whether anybody is there. Who hangs is: the sockets still take connections. */
    boolean isRunning() {
        return runtime.isListening() || master.isListening();
    }

    /** The processes as the master lists them. */
    HaproxyWorkers workers() throws IOException {
        return HaproxyWorkers.read(master.ask("show proc"));
    }

    /** Why HAProxy would not load this file; empty when it would. */
    Optional<String> invalid(Path file) throws IOException {
        Path output = settings.folder().resolve("check.log");
        Process check = new ProcessBuilder(settings.binary().toString(), "-c", "-q", "-f", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!exits(check, VALIDATE)) {
            check.destroyForcibly();
            return Optional.of("haproxy -c did not end within " + VALIDATE.toSeconds() + " s");
        }
        return check.exitValue() == 0 ? Optional.empty() : Optional.of(complaints(output));
    }

    /** Starts a master with the configuration and waits until a worker carries it. */
    void start(String fingerprint) throws IOException {
        if (Files.exists(settings.log()) && Files.size(settings.log()) > MAX_LOG_BYTES) Files.delete(settings.log());
        Process process = new ProcessBuilder(command())
                .directory(settings.folder().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(settings.log().toFile()))
                .start();
        if (await(() -> isCarrying(fingerprint, 0) || !process.isAlive()) && process.isAlive()) return;
        process.destroyForcibly();
        throw new IOException("HAProxy did not start: " + complaints(settings.log()));
    }

    private List<String> command() {
        List<String> command = new ArrayList<>();
        Path group = settings.controlGroup();
        // Before it starts: its workers are where it is when it starts them.
        if (group != null)
            command.addAll(List.of(
                    "sh",
                    "-c",
                    "echo $$ >\"$0\"; exec \"$@\"",
                    group.resolve("cgroup.procs").toString()));
        command.addAll(List.of(
                "setsid",
                settings.binary().toString(),
                "-W",
                "-S",
                settings.masterSocket() + ",mode,600",
                "-f",
                settings.configuration().toString()));
        return command;
    }

    /**
     * Has a new worker take over the listening sockets, with the configuration's new text; the former one ends its requests.
     * HAProxy 2.6's {@code reload} gives no answer, so what comes of it is looked for.
     */
    void reload(String fingerprint) throws IOException {
        HaproxyWorkers before = workers();
        master.ask("reload");
        boolean settled = await(() -> failures() > before.failedReloads() || isCarrying(fingerprint, before.current()));
        if (!settled || failures() > before.failedReloads())
            throw new IOException("HAProxy did not reload: " + complaints(settings.log()));
    }

    /** Ends the master and its workers, with what they have. */
    void stop() throws IOException {
        if (!isRunning()) return;
        // Right after a reload the master does not listen for a moment.
        if (!await(master::isListening)) throw new IOException("HAProxy's master cannot be reached");
        long pid = workers().master();
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroy);
        if (!await(() -> !isRunning())) throw new IOException("HAProxy's master " + pid + " did not end");
    }

    /** The master starts itself anew once its worker runs, and does not listen for a moment: that is waited for too. */
    private boolean isCarrying(String fingerprint, long former) {
        try {
            String info = runtime.ask("show info");
            return HaproxyStatistics.fingerprint(info).equals(fingerprint)
                    && !info.contains("\nPid: " + former + "\n")
                    && master.isListening();
        } catch (IOException notYet) {
            return false;
        }
    }

    private int failures() {
        try {
            return workers().failedReloads();
        } catch (IOException notYet) {
            return 0;
        }
    }

    private static boolean await(BooleanSupplier condition) {
        long end = System.nanoTime() + TAKE_OVER.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end || Thread.currentThread().isInterrupted()) return false;
            LockSupport.parkNanos(POLL.toNanos());
        }
        return true;
    }

    private static boolean exits(Process process, Duration within) throws IOException {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** HAProxy's errors at the end of a file, without their prefixes. */
    private static String complaints(Path output) throws IOException {
        String all = tail(output);
        String alerts = all.lines()
                .filter(line -> line.startsWith("[ALERT]"))
                .map(line -> line.replaceFirst("^\\[ALERT\\] *\\([0-9]+\\) : ", ""))
                .limit(MAX_REASONS)
                .collect(Collectors.joining("; "));
        String reason = alerts.isEmpty() ? all.strip() : alerts;
        return reason.length() <= MAX_REASON_CHARS ? reason : reason.substring(0, MAX_REASON_CHARS);
    }

    private static String tail(Path output) throws IOException {
        try (FileChannel channel = FileChannel.open(output, StandardOpenOption.READ)) {
            ByteBuffer end = ByteBuffer.allocate(MAX_TAIL_BYTES);
            channel.read(end, Math.max(0, channel.size() - MAX_TAIL_BYTES));
            return new String(end.array(), 0, end.position(), StandardCharsets.UTF_8);
        }
    }
}
