package io.staithe.capacity.provider.fixed;

import io.staithe.capacity.provider.Deadline;
import io.staithe.capacity.provider.ProviderException;
import io.staithe.capacity.provider.ProviderException.Kind;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A command of the user's: a program and its arguments, divided at spaces and never read by a shell. It gets its input through
 * environment variables, and of our own only those that a program needs to run; so no secret of the control plane reaches it.
 */
final class Command {
    private static final Set<String> INHERITED =
            Set.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "TZ", "SSH_AUTH_SOCK");
    /** For output that comes after the program has ended, from one that it left behind. */
    private static final Duration LAST_OUTPUT = Duration.ofMillis(200);

    private static final int MAX_OUTPUT_BYTES = 1 << 20;
    private static final int MAX_ERROR_BYTES = 16 << 10;

    private final String name;
    private final List<String> program;

    Command(String name, String line) {
        this.name = name;
        this.program = List.of(line.strip().split("\\s+"));
    }

    /**
     * Runs it to its end.
     *
     * @param secret must not be told on, whatever the program prints; empty: there is none
     * @return what it wrote to its standard output
     * @throws ProviderException for any exit code but 0, of the kind that {@link #kind} gives; UNKNOWN when it has not ended in time:
     *     it is killed then, with all that it started
     */
    String run(Map<String, String> variables, String secret, Deadline deadline) {
        ProcessBuilder builder =
                new ProcessBuilder(program).redirectInput(Redirect.from(new java.io.File("/dev/null")));
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().putAll(variables);
        Process process;
        try {
            process = builder.start();
        } catch (IOException failed) {
            throw new ProviderException(Kind.CREDENTIALS, name + " cannot be run: " + failed.getMessage(), failed);
        }
        Output out = Output.of(process.getInputStream(), MAX_OUTPUT_BYTES);
        Output errors = Output.of(process.getErrorStream(), MAX_ERROR_BYTES);
        try {
            if (!process.waitFor(deadline.left().toNanos(), TimeUnit.NANOSECONDS))
                throw new ProviderException(Kind.UNKNOWN, name + " has not ended in time");
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw new ProviderException(Kind.UNKNOWN, name + " was interrupted", ending);
        } finally {
            if (process.isAlive()) kill(process);
        }
        String output = out.text(LAST_OUTPUT);
        int code = process.exitValue();
        if (code == 0) return output;
        String said = errors.text(LAST_OUTPUT).strip();
        String last = said.substring(said.lastIndexOf('\n') + 1);
        if (!secret.isEmpty()) last = last.replace(secret, "***");
        throw new ProviderException(kind(code), name + " ended with " + code + (last.isEmpty() ? "" : ": " + last));
    }

    /** The children first: they would outlive it as somebody else's. */
    private static void kill(Process process) {
        process.descendants().toList().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** What an exit code means; the names are those of sysexits.h. */
    static Kind kind(int code) {
        return switch (code) {
            case 64 -> Kind.INVALID; // EX_USAGE
            case 69 -> Kind.NO_CAPACITY; // EX_UNAVAILABLE
            case 73 -> Kind.LIMIT; // EX_CANTCREAT
            case 75 -> Kind.THROTTLED; // EX_TEMPFAIL
            case 77 -> Kind.CREDENTIALS; // EX_NOPERM
            default -> Kind.UNKNOWN;
        };
    }
}
