package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import io.staithe.cli.api.Api;
import io.staithe.cli.api.Failure;
import io.staithe.cli.kind.Arn;
import io.staithe.cli.kind.Services;
import io.staithe.cli.kind.Tasks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "logs",
        description = "Shows what the containers of a task, or of all tasks of a service, have written.")
public final class Logs implements Callable<Integer> {
    /** Each is a connection and a thread. */
    private static final int MAX_TASKS = 50;

    @ParentCommand
    private Staithe staithe;

    @Parameters(paramLabel = "TASK|SERVICE", description = "a service, or the beginning of a task's id")
    private String name;

    @Option(
            names = {"-f", "--follow"},
            description = "go on with what comes")
    private boolean follow;

    @Option(names = "--tail", paramLabel = "N", description = "begin with the last N lines of each container")
    private @Nullable Integer tail;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "only what was written in the last TIME, such as 10m")
    private @Nullable Duration since;

    @Option(
            names = {"-c", "--container"},
            paramLabel = "NAME",
            description = "only this container")
    private @Nullable String container;

    @Override
    public Integer call() throws IOException {
        Session session = staithe.session();
        List<JsonNode> tasks = tasks(session);
        if (tasks.size() > MAX_TASKS)
            throw new Failure(name + " has " + tasks.size() + " tasks; name one: logs are shown of 50 at most");
        if (tasks.size() == 1) copy(session, tasks.get(0), "");
        else copyAll(session, tasks);
        return 0;
    }

    private List<JsonNode> tasks(Session session) {
        Optional<JsonNode> task = name.contains("/") && !name.startsWith("arn:")
                ? Optional.empty()
                : Tasks.KIND.findIn(Tasks.KIND.list(session), Arn.last(name));
        if (task.isPresent()) return List.of(task.get());
        JsonNode service = Services.find(session, name);
        String cluster = Services.clusterOf(session, name);
        List<JsonNode> tasks =
                Tasks.ofService(session, cluster, service.path("serviceName").asText());
        if (tasks.isEmpty()) throw new Failure("service " + name + " has no task that runs");
        return tasks;
    }

    /** All at the same time, each line after its task's id. */
    private void copyAll(Session session, List<JsonNode> tasks) {
        ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
        try {
            List<CompletableFuture<Void>> copies = new ArrayList<>();
            for (JsonNode task : tasks)
                copies.add(CompletableFuture.runAsync(() -> copyOrThrow(session, task), threads));
            CompletableFuture.allOf(copies.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Failure failure) throw failure;
            throw e;
        } finally {
            threads.shutdownNow();
        }
    }

    private void copyOrThrow(Session session, JsonNode task) {
        try {
            copy(session, task, Arn.shortId(task.path("taskArn").asText()) + " | ");
        } catch (IOException e) {
            throw new Failure("the logs broke off: " + e.getMessage());
        }
    }

    private void copy(Session session, JsonNode task, String prefix) throws IOException {
        String id = Arn.last(task.path("taskArn").asText());
        PrintWriter out = session.terminal().out();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                session.api().open("/tasks" + Api.segment(id) + "/logs", query(session, task)),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) out.println(prefix + line);
        }
    }

    private Map<String, String> query(Session session, JsonNode task) {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("cluster", Arn.last(task.path("clusterArn").asText(session.cluster())));
        query.put("follow", String.valueOf(follow));
        if (container != null) query.put("container", container);
        if (tail != null) query.put("tail", String.valueOf(tail));
        if (since != null) query.put("since", session.now().minus(since).toString());
        return query;
    }
}
