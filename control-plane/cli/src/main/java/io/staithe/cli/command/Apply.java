package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import io.staithe.cli.view.PlanView;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "apply",
        description = "Makes the system be what the files say: creates what is not there, updates what is.")
public final class Apply implements Callable<Integer> {
    @ParentCommand
    private Staithe staithe;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Files files;

    @Option(names = "--plan", description = "only show what would be done")
    private boolean plan;

    @Option(
            names = "--revision",
            paramLabel = "N",
            description = "only if nothing that it is about has changed since a --plan showed this revision")
    private @Nullable Long revision;

    @Option(names = "--wait", description = "wait until every service of the files is stable, or a deployment fails")
    private boolean wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "how long to wait, such as 90s or 5m; 10m unless said otherwise")
    private Duration timeout = Duration.ofMinutes(10);

    @Override
    public Integer call() throws IOException {
        if (files.isEmpty()) throw new CommandLine.ParameterException(spec.commandLine(), "name the files with -f");
        Session session = staithe.session();
        ObjectNode body = files.body(session.in());
        JsonNode result = session.api().post("/apply", query(), body);
        if (session.terminal().format().isForPeople()) new PlanView(session.terminal()).print(result);
        else session.terminal().print(result);
        if (wait && !plan) new Rollout(session).await(services(result), timeout);
        return 0;
    }

    private Map<String, String> query() {
        Map<String, String> query = new LinkedHashMap<>();
        query.put("dryRun", String.valueOf(plan));
        if (revision != null) query.put("expectedRevision", revision.toString());
        return query;
    }

    private static List<String> services(JsonNode result) {
        List<String> names = new ArrayList<>();
        for (JsonNode change : result.path("changes"))
            if (change.path("kind").asText().equals("Service"))
                names.add(change.path("name").asText());
        return names;
    }
}
