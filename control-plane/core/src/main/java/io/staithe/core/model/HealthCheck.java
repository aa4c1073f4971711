package io.staithe.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A check of a container. Times in seconds; ranges and defaults are ECS's.
 *
 * @param command run inside the container, as in ECS: {@code ["CMD", program, argument...]} or {@code ["CMD-SHELL", line]};
 *     or made by the agent from outside, for images that hold no program for it: {@code ["HTTP", port, path]}, which a status
 *     of 200 to 399 passes; {@code ["TCP", port]}, a connection; {@code ["GRPC", port]} or {@code ["GRPC", port, service]},
 *     the answer SERVING of {@code grpc.health.v1}
 * @param retries so many failures in a row make it unhealthy
 * @param startPeriod failures within it do not count, until the first success
 */
public record HealthCheck(
        List<String> command,
        @Nullable Integer interval,
        @Nullable Integer timeout,
        @Nullable Integer retries,
        @Nullable Integer startPeriod) {
    /** How a check is made. */
    public enum Kind {
        CMD("CMD", "a program to run", 2, Integer.MAX_VALUE),
        CMD_SHELL("CMD-SHELL", "a line for the shell", 2, Integer.MAX_VALUE),
        HTTP("HTTP", "a port and a path", 3, 3),
        TCP("TCP", "a port", 2, 2),
        GRPC("GRPC", "a port, and a service or none", 2, 3);

        private final String word;
        private final String rest;
        private final int minWords;
        private final int maxWords;

        Kind(String word, String rest, int minWords, int maxWords) {
            this.word = word;
            this.rest = rest;
            this.minWords = minWords;
            this.maxWords = maxWords;
        }

        /** Whether the agent makes it over the network; otherwise a program runs inside the container. */
        public boolean isFromOutside() {
            return this == HTTP || this == TCP || this == GRPC;
        }

        static Kind of(String word) {
            for (Kind kind : values()) if (kind.word.equals(word)) return kind;
            throw new Invalid("command", "must begin with CMD, CMD-SHELL, HTTP, TCP or GRPC");
        }
    }

    private static final int MAX_SERVICE_CHARS = 255;

    public HealthCheck {
        command = Check.list(command);
        Check.that(!command.isEmpty(), "command", "is required");
        checkCommand(command);
        Check.range(interval, 5, 300, "interval");
        Check.range(timeout, 2, 120, "timeout");
        Check.range(retries, 1, 10, "retries");
        Check.range(startPeriod, 0, 300, "startPeriod");
    }

    private static void checkCommand(List<String> command) {
        Kind kind = Kind.of(command.get(0));
        Check.that(
                kind.minWords <= command.size() && command.size() <= kind.maxWords,
                "command",
                "must have after " + kind.word + " " + kind.rest);
        if (!kind.isFromOutside()) return;
        String port = command.get(1);
        Check.that(
                port.matches("[1-9][0-9]{0,4}") && Integer.parseInt(port) <= 65_535,
                "command",
                "must have after " + kind.word + " a port between 1 and 65535");
        if (kind == Kind.HTTP)
            Check.that(command.get(2).matches("/[!-~]{0,1023}"), "command", "must have a path that starts with /");
        if (kind == Kind.GRPC && command.size() > 2) Check.text(command.get(2), "command", MAX_SERVICE_CHARS);
    }

    public Kind kind() {
        return Kind.of(command.get(0));
    }

    /** Of a check from outside. */
    public int port() {
        return Integer.parseInt(command.get(1));
    }

    /** Of an HTTP check. */
    public String path() {
        return command.get(2);
    }

    /** Of a gRPC check; empty: the server as a whole. */
    public String service() {
        return command.size() > 2 ? command.get(2) : "";
    }

    public int intervalSeconds() {
        return interval == null ? 30 : interval;
    }

    public int timeoutSeconds() {
        return timeout == null ? 5 : timeout;
    }

    public int retriesOrDefault() {
        return retries == null ? 3 : retries;
    }

    public int startPeriodSeconds() {
        return startPeriod == null ? 0 : startPeriod;
    }
}
