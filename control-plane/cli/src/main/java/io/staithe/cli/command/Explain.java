package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import io.staithe.cli.api.Api;
import io.staithe.cli.api.Failure;
import io.staithe.cli.kind.Arn;
import io.staithe.cli.kind.Hosts;
import io.staithe.cli.kind.Kind;
import io.staithe.cli.kind.Services;
import io.staithe.cli.kind.Tasks;
import io.staithe.cli.view.Colour;
import io.staithe.cli.view.Terminal;
import io.staithe.cli.view.Times;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        description = "Says why a task waits, stopped or is where it is, and what a service or host is doing.",
        customSynopsis = {"staithe explain NAME", "staithe explain task|service|host NAME"})
public final class Explain implements Callable<Integer> {
    /** In the order in which a bare name is looked for. */
    private static final List<Kind> KINDS = List.of(Services.KIND, Hosts.KIND, Tasks.KIND);

    /** The beginning of one. */
    private static final Pattern TASK_ID = Pattern.compile("[0-9a-f]{4,32}");

    @ParentCommand
    private Staithe staithe;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "KIND", description = "task, service or host; may be left out")
    private String first;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "a name, or the beginning of an id")
    private @Nullable String second;

    @Override
    public Integer call() {
        Session session = staithe.session();
        Subject subject = second == null ? guess(session, first) : named(session, first, second);
        JsonNode answer = session.api()
                .get(
                        "/explain" + Api.segment(subject.kind().singular()) + Api.segment(subject.name()),
                        Map.of("cluster", subject.cluster()));
        if (session.terminal().format().isForPeople()) print(session, answer);
        else session.terminal().print(answer);
        return 0;
    }

    private record Subject(Kind kind, String cluster, String name) {}

    private Subject named(Session session, String kindName, String name) {
        Kind kind = KINDS.stream()
                .filter(candidate -> candidate.singular().equals(kindName)
                        || candidate.name().equals(kindName))
                .findFirst()
                .orElseThrow(() -> new CommandLine.ParameterException(
                        spec.commandLine(), "only a task, a service or a host can be explained, not " + kindName));
        String cluster = kind.equals(Services.KIND) ? Services.clusterOf(session, name) : session.cluster();
        if (kind.equals(Tasks.KIND)) return task(session, Arn.last(name));
        JsonNode found = kind.equals(Services.KIND)
                ? Services.find(session, name)
                : kind.select(session, Arn.last(name)).get(0);
        return new Subject(kind, cluster, name(kind, found));
    }

    /** One that the API lists no longer may still be in history: the control plane knows. */
    private static Subject task(Session session, String id) {
        String whole = Tasks.KIND
                .findIn(Tasks.KIND.list(session), id)
                .map(found -> name(Tasks.KIND, found))
                .orElse(id);
        return new Subject(Tasks.KIND, session.cluster(), whole);
    }

    private static Subject guess(Session session, String name) {
        for (Kind kind : KINDS) {
            Optional<JsonNode> found =
                    kind.findIn(kind.equals(Hosts.KIND) ? Hosts.all(session) : kind.list(session), name);
            if (found.isPresent()) return new Subject(kind, session.cluster(), name(kind, found.get()));
        }
        if (TASK_ID.matcher(name).matches()) return new Subject(Tasks.KIND, session.cluster(), name);
        throw new Failure("there is no service, host or task " + name);
    }

    private static String name(Kind kind, JsonNode found) {
        return kind.equals(Services.KIND)
                ? found.path("serviceName").asText()
                : Arn.last(found.path(kind.equals(Hosts.KIND) ? "containerInstanceArn" : "taskArn")
                        .asText());
    }

    private static void print(Session session, JsonNode answer) {
        Terminal terminal = session.terminal();
        terminal.print(terminal.paint(Colour.TITLE, answer.path("about").asText()));
        terminal.print(answer.path("summary").asText());
        for (JsonNode line : answer.path("lines")) terminal.print("  " + line.asText());
        if (answer.path("events").isEmpty()) return;
        terminal.print("");
        for (JsonNode event : answer.path("events"))
            terminal.print("  %s  %s"
                    .formatted(
                            Times.clock(event.path("at"), session.now()),
                            event.path("message").asText()));
    }
}
