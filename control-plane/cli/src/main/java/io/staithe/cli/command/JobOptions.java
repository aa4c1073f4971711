package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.staithe.cli.Session;
import io.staithe.cli.api.Api;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What makes a job of a task: it waits, is tried again, and may not run for ever. */
final class JobOptions {
    @Option(
            names = "--wait-for-capacity",
            paramLabel = "TIME",
            arity = "0..1",
            fallbackValue = "1h",
            converter = DurationConverter.class,
            description = "start it even if no host takes it now, and let it wait so long for one; 1h")
    private @Nullable Duration waitForCapacity;

    @Option(names = "--retries", paramLabel = "N", description = "0 to 10: how often to try again if it fails")
    private int retries;

    @Option(
            names = "--max-run-time",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "how long it may run before it is stopped")
    private @Nullable Duration maxRunTime;

    /** Whether anything is asked for. */
    boolean areGiven() {
        return waitForCapacity != null || retries != 0 || maxRunTime != null;
    }

    /** As the header of RunTask has it. */
    List<String> words() {
        List<String> words = new ArrayList<>();
        if (waitForCapacity != null) words.add("waitForCapacitySeconds=" + waitForCapacity.toSeconds());
        if (retries != 0) words.add("retries=" + retries);
        if (maxRunTime != null) words.add("maxRunSeconds=" + maxRunTime.toSeconds());
        return words;
    }

    /** The job that this task is of; empty where it is forgotten. */
    static JsonNode of(Session session, String arn) {
        ObjectNode request = Api.object();
        request.putArray("arns").add(arn);
        return session.api()
                .post("/describe", Map.of(), request)
                .path("items")
                .path(0)
                .path("job");
    }
}
