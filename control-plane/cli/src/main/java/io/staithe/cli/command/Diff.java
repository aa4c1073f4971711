package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import io.staithe.cli.api.Api;
import io.staithe.cli.kind.Arn;
import io.staithe.cli.kind.Services;
import io.staithe.cli.view.PlanView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "diff",
        description = "Shows what two revisions of a service differ in, field by field.",
        footer = "%nA revision is its number in staithe history, the beginning of it, current or previous.")
public final class Diff implements Callable<Integer> {
    @ParentCommand
    private Staithe staithe;

    @Parameters(index = "0", paramLabel = "SERVICE", description = "SERVICE or CLUSTER/SERVICE")
    private String name;

    @Parameters(index = "1", paramLabel = "REV", arity = "0..1", description = "from this one; else from previous")
    private String from = "previous";

    @Parameters(index = "2", paramLabel = "REV", arity = "0..1", description = "to this one; else to current")
    private String to = "current";

    @Override
    public Integer call() {
        Session session = staithe.session();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("cluster", Services.clusterOf(session, name));
        query.put("from", from);
        query.put("to", to);
        JsonNode answer = session.api().get("/diff" + Api.segment(Arn.last(name)), query);
        if (session.terminal().format().isForPeople()) print(session, answer);
        else session.terminal().print(answer);
        return 0;
    }

    private static void print(Session session, JsonNode answer) {
        PlanView view = new PlanView(session.terminal());
        if (answer.path("service").isEmpty() && answer.path("taskDefinition").isEmpty())
            session.terminal().print("no difference");
        print(session, view, "Service", answer.path("service"));
        print(session, view, "Task definition", answer.path("taskDefinition"));
    }

    private static void print(Session session, PlanView view, String title, JsonNode differences) {
        if (differences.isEmpty()) return;
        session.terminal().print(title);
        view.differences(differences);
    }
}
