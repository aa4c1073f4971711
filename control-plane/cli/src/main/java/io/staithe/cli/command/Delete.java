package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import io.staithe.cli.kind.Kind;
import io.staithe.cli.kind.Kinds;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "delete",
        description = "Deletes one thing, or all that files name.",
        customSynopsis = {"staithe delete KIND NAME", "staithe delete -f FILE [-f FILE]..."},
        footer =
                "%nA service's tasks are stopped, in the order that loses no request. A host is forgotten, its containers stay.")
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

    @Override
    public Integer call() throws IOException {
        boolean named = kind != null && name != null;
        if (named == !files.isEmpty() || (kind != null && name == null))
            throw new CommandLine.ParameterException(spec.commandLine(), "say either KIND NAME or -f FILE");
        Session session = staithe.session();
        if (kind != null && name != null)
            session.terminal().print("deleted " + kind.singular() + " " + kind.delete(session, name));
        else deleteFiles(session);
        return 0;
    }

    private void deleteFiles(Session session) throws IOException {
        JsonNode result = session.api().post("/delete", Map.of(), files.body(session.in()));
        if (!session.terminal().format().isForPeople()) {
            session.terminal().print(result);
            return;
        }
        for (JsonNode change : result.path("changes")) {
            String action = change.path("action").asText();
            String why = change.path("why").asText("");
            session.terminal()
                    .print("%s %s %s%s"
                            .formatted(
                                    action.equals("delete") ? "deleted" : action,
                                    change.path("kind").asText(),
                                    change.path("name").asText(),
                                    why.isEmpty() ? "" : ": " + why));
        }
    }
}
