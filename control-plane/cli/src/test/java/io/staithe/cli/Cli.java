package io.staithe.cli;

import io.staithe.cli.api.Credentials;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One call of the command in surroundings of the test's choice. */
public final class Cli {
    public static final Credentials CREDENTIALS = new Credentials("AKIDEXAMPLE", "a/secret+key", null);
    public static final String REGION = "eu-test-1";
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private final Map<String, String> variables = new HashMap<>(Map.of(
            "AWS_ACCESS_KEY_ID", CREDENTIALS.accessKeyId(),
            "AWS_SECRET_ACCESS_KEY", CREDENTIALS.secretAccessKey(),
            "AWS_REGION", REGION));
    private String input = "";
    private boolean interactive;
    private boolean interrupted;
    private final List<Runnable> interrupts = new ArrayList<>();

    public Cli(String endpoint) {
        variables.put("STAITHE_ENDPOINT", endpoint);
    }

    public Cli with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    public Cli without(String variable) {
        variables.remove(variable);
        return this;
    }

    public Cli input(String text) {
        input = text;
        return this;
    }

    /** As if somebody had pressed Ctrl-C at the end. */
    public Cli interrupted() {
        interrupted = true;
        return this;
    }

    public Cli onTerminal() {
        interactive = true;
        return this;
    }

    public record Result(int code, String out, String err) {
        /** The output of a call that has to succeed. */
        public String ok() {
            if (code != 0) throw new AssertionError("exit code " + code + ": " + err);
            return out;
        }
    }

    public Result run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Shell shell = new Shell(
                variables,
                Path.of("/nowhere"),
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                interactive,
                60,
                () -> NOW,
                Duration.ofMillis(1),
                interrupts::add);
        int code = Main.run(shell, arguments);
        if (interrupted) interrupts.forEach(Runnable::run);
        shell.out().flush();
        shell.err().flush();
        return new Result(code, out.toString(), err.toString());
    }
}
