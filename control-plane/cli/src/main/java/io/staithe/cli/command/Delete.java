package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import io.staithe.cli.kind.Kind;
import io.staithe.cli.kind.Kinds;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "delete",
        description = "Deletes one thing, or all that files name.",
        customSynopsis = {
            "staithe delete KIND NAME",
            "staithe delete -f FILE [-f FILE]... [--plan] [--wait [--timeout TIME]]"
        },
        footer = {
            "%nA service's tasks are stopped, in the order that loses no request. A host is forgotten, its containers stay.",
            "What stopping tasks still need waits for them: --wait waits as well, or delete again later."
        })
public final class Delete implements Callable<Integer> {
    @ParentCommand
    private Staithe staithe;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Files files;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "KIND",
            converter = Kinds.class,
            completionCandidates = Kinds.class,
            description = "its kind, as for get")
    private @Nullable Kind kind;

    @Parameters(index = "1", arity = "0..1", paramLabel = "NAME", description = "its name, or the beginning of its id")
    private @Nullable String name;

    @Option(names = "--plan", description = "only show what files would delete")
    private boolean plan;

    @Option(names = "--wait", description = "wait until all that files name is gone, or only what others use is left")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "how long to wait, such as 90s or 5m; 10m unless said otherwise")
    private Duration timeout = Duration.ofMinutes(10);

    @Override
    public Integer call() throws IOException {
        boolean named = kind != null && name != null;
        if (named == !files.isEmpty() || (kind != null && name == null))
            throw new CommandLine.ParameterException(spec.commandLine(), "say either KIND NAME or -f FILE");
        if (named && (plan || wait))
            throw new CommandLine.ParameterException(spec.commandLine(), "--plan and --wait are for -f FILE");
        Session session = staithe.session();
        if (kind != null && name != null)
            session.terminal().print("deleted " + kind.singular() + " " + kind.delete(session, name));
        else deleteFiles(session);
        return 0;
    }

    private void deleteFiles(Session session) throws IOException {
        ObjectNode body = files.body(session.in());
        if (wait && !plan) {
            new Removal(session, body).await(timeout);
            return;
        }
        JsonNode result = session.api().post("/delete", Map.of("dryRun", String.valueOf(plan)), body);
        if (!session.terminal().format().isForPeople()) {
            session.terminal().print(result);
            return;
        }
        boolean waits = false;
        for (JsonNode change : result.path("changes")) {
            String action = change.path("action").asText();
            waits |= action.equals("waits");
            String why = change.path("why").asText("");
            session.terminal()
                    .print("%s %s%s"
                            .formatted(
                                    action.equals("delete") && !plan ? "deleted" : action,
                                    Removal.name(change),
                                    why.isEmpty() ? "" : ": " + why));
        }
        if (plan) session.terminal().print("nothing was deleted");
        else if (waits) session.terminal().print("what waits is still there: delete again later, or with --wait");
    }
}
