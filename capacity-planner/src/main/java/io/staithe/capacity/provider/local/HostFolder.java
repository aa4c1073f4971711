package io.staithe.capacity.provider.local;

import io.staithe.core.model.InstanceId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is known of one host of this machine. The folder is what makes it exist: it appears at once with everything that is
 * needed to start the agent, and outlives the host's end, so that nobody starts it a second time.
 */
final class HostFolder {
    private static final String AGENT = "agent";
    private static final String TOKEN = "join-token";
    private static final String GROUP = "group";
    private static final String COMMAND = "command";
    private static final String ENDED = "ended";

    private final Path hosts;
    private final Path folder;

    HostFolder(Path hosts, InstanceId id) {
        this.hosts = hosts;
        this.folder = hosts.resolve(id.value());
    }

    /** @return whether it was not there */
    boolean create(String group, String token, List<String> command) throws IOException {
        if (Files.exists(folder)) return false;
        var private700 = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
        Files.createDirectories(hosts);
        Path aside = Files.createTempDirectory(hosts, ".new", private700);
        Files.writeString(aside.resolve(GROUP), group);
        Files.writeString(aside.resolve(TOKEN), token);
        Files.setPosixFilePermissions(aside.resolve(TOKEN), PosixFilePermissions.fromString("rw-------"));
        Files.write(aside.resolve(COMMAND), command);
        try {
            Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
            return true;
        } catch (IOException taken) {
            delete(aside);
            if (Files.exists(folder)) return false;
            throw taken;
        }
    }

    boolean exists() {
        return Files.isDirectory(folder);
    }

    boolean hasEnded() {
        return Files.exists(folder.resolve(ENDED));
    }

    String group() throws IOException {
        return Files.readString(folder.resolve(GROUP));
    }

    /** One argument a line. */
    List<String> command() throws IOException {
        return Files.readAllLines(folder.resolve(COMMAND));
    }

    Path token() {
        return folder.resolve(TOKEN);
    }

    /** The agent's own folder. */
    Path data() {
        return folder.resolve("data");
    }

    Path log() {
        return folder.resolve("agent.log");
    }

    /** The agent's process; empty: it was never started, or has ended. */
    Optional<ProcessHandle> agent() throws IOException {
        Path file = folder.resolve(AGENT);
        if (!Files.exists(file)) return Optional.empty();
        String[] known = Files.readString(file).trim().split(" ", 2);
        long pid = Long.parseLong(known[0]);
        boolean same = known.length == 2 && startOf(pid).equals(Optional.of(known[1]));
        return same ? ProcessHandle.of(pid) : Optional.empty();
    }

    /**
     * When a process was started, in clock ticks since the machine was: its number may be given to another one, and with this it
     * is unique. Empty: it has ended, also when nobody has taken notice of that yet.
     */
    private static Optional<String> startOf(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            // proc(5): the name in brackets may hold anything; the state is the first field after it, the start the
            // 20th.
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return fields[0].equals("Z") ? Optional.empty() : Optional.of(fields[19]);
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** When its agent was started last; long ago: it never was. */
    Instant agentSince() throws IOException {
        Path file = folder.resolve(AGENT);
        return Files.exists(file) ? Files.getLastModifiedTime(file).toInstant() : Instant.EPOCH;
    }

    void started(long pid) throws IOException {
        Files.writeString(folder.resolve(AGENT), pid + " " + startOf(pid).orElse("ended") + "\n");
    }

    /** What remains says that there was such a host. */
    void ended() throws IOException {
        Files.writeString(folder.resolve(ENDED), "");
        delete(data());
        for (Path secret : List.of(token(), folder.resolve(COMMAND), folder.resolve(AGENT)))
            Files.deleteIfExists(secret);
    }

    Instant endedAt() throws IOException {
        FileTime time = Files.getLastModifiedTime(folder.resolve(ENDED));
        return time.toInstant();
    }

    void forget() throws IOException {
        delete(folder);
    }

    private static void delete(Path path) throws IOException {
        if (!Files.exists(path)) return;
        try (var all = Files.walk(path)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(each);
        }
    }
}
