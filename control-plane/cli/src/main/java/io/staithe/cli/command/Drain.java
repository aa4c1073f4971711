package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import io.staithe.cli.api.Api;
import io.staithe.cli.api.Failure;
import io.staithe.cli.kind.Hosts;
import io.staithe.cli.view.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "drain", description = "Moves a host's tasks elsewhere and gives it no new ones.")
public final class Drain implements Callable<Integer> {
    @ParentCommand
    private Staithe staithe;

    @Parameters(paramLabel = "HOST", description = "its name, or the beginning of its id")
    private String name;

    @Option(names = "--undo", description = "give it tasks again")
    private boolean undo;

    @Option(
            names = "--deadline",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "after which what is left stops, whatever keeps it: 10m; otherwise never")
    private Duration deadline;

    @Option(names = "--wait", description = "wait until its tasks are gone")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "how long; 10m")
    private Duration timeout = Duration.ofMinutes(10);

    @Override
    public Integer call() {
        Session session = staithe.session();
        JsonNode host = Hosts.KIND.find(session, name);
        String id = host.path("containerInstanceArn").asText();
        ObjectNode request = Api.object().put("cluster", session.cluster()).put("status", undo ? "ACTIVE" : "DRAINING");
        request.putArray("containerInstances").add(id);
        if (deadline != null && undo) throw new Failure("--deadline and --undo exclude each other");
        Map<String, String> headers =
                deadline == null ? Map.of() : Map.of("x-staithe-drain-deadline", String.valueOf(deadline.toSeconds()));
        JsonNode answer = session.api().ecs("UpdateContainerInstancesState", request, headers);
        for (JsonNode failure : answer.path("failures"))
            throw new Failure(Hosts.name(host) + ": " + failure.path("reason").asText());
        if (session.terminal().format().isForPeople())
            session.terminal().print("host " + Hosts.name(host) + (undo ? " takes tasks again" : " is draining"));
        else session.terminal().print(answer.path("containerInstances"));
        if (wait && !undo) awaitEmpty(session, id);
        return 0;
    }

    private void awaitEmpty(Session session, String id) {
        Progress progress = new Progress(session.terminal());
        session.await(timeout, "the host still has tasks", () -> {
            JsonNode host = Hosts.KIND.list(session).stream()
                    .filter(item -> item.path("containerInstanceArn").asText().equals(id))
                    .findFirst()
                    .orElseThrow(() -> new Failure("the host was deregistered"));
            int tasks = host.path("runningTasksCount").asInt()
                    + host.path("pendingTasksCount").asInt();
            String line = tasks == 0 ? "empty" : tasks + (tasks == 1 ? " task left" : " tasks left");
            if (session.terminal().format().isForPeople()) progress.show(Map.of(Hosts.name(host), line));
            return tasks == 0;
        });
    }
}
