package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import io.staithe.cli.api.Api;
import io.staithe.cli.api.Failure;
import io.staithe.cli.kind.Arn;
import io.staithe.cli.kind.Services;
import io.staithe.cli.view.DeploymentLines;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "deploy",
        description = "Shows how far the deployment of a service is; pauses it, lets it go on, or goes back.",
        footer = {
            "%nstatus: its stage, what it waits for, and what can be done. pause: nothing new starts. continue:",
            "ends a pause, answers a hook, tries a failed deployment again, or starts at once what waits because",
            "tasks failed one after the other. rollback: back to the last",
            "completed revision, or with --to to any revision of staithe history. abort: stays as it is."
        })
public final class Deploy implements Callable<Integer> {
    /** What can be done with a deployment. */
    private static final List<String> VERBS = List.of("status", "pause", "continue", "rollback", "abort");

    @ParentCommand
    private Staithe staithe;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "WHAT", description = "status, pause, continue, rollback or abort")
    private String what;

    @Parameters(index = "1", paramLabel = "SERVICE", description = "SERVICE or CLUSTER/SERVICE")
    private String name;

    @Option(names = "--watch", description = "of status: until it is through; fails when the deployment does")
    private boolean watch;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "how long to watch, such as 90s or 5m; 10m unless said otherwise")
    private Duration timeout = Duration.ofMinutes(10);

    @Option(names = "--to", paramLabel = "REV", description = "of rollback: the revision to go back to")
    private @Nullable String to;

    @Override
    public Integer call() {
        if (!VERBS.contains(what))
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "a deployment knows " + String.join(", ", VERBS) + ", not " + what);
        if (to != null && !what.equals("rollback"))
            throw new CommandLine.ParameterException(spec.commandLine(), "--to is of rollback alone");
        if (watch && !what.equals("status"))
            throw new CommandLine.ParameterException(spec.commandLine(), "--watch is of status alone");
        Session session = staithe.session();
        if (what.equals("status")) return status(session);
        String path = "/deployments" + Api.segment(Arn.last(name));
        Map<String, String> query = new LinkedHashMap<>();
        query.put("cluster", Services.clusterOf(session, name));
        return act(session, path, query);
    }

    private int status(Session session) {
        if (watch) {
            String cluster = Arn.last(Services.clusterOf(session, name));
            new Rollout(session).await(List.of(cluster + "/" + Arn.last(name)), timeout);
            return 0;
        }
        JsonNode progress = Rollout.progress(session, name);
        if (!session.terminal().format().isForPeople()) session.terminal().print(progress);
        else
            new DeploymentLines(session.terminal(), session.now()).all(progress).forEach(session.terminal()::print);
        return 0;
    }

    private int act(Session session, String path, Map<String, String> query) {
        query.put("action", to == null ? what : "revert");
        if (to != null) query.put("to", to);
        JsonNode answer = session.api().post(path, query, Api.object());
        if (!answer.hasNonNull("number")) throw new Failure("the control plane did not say which deployment that was");
        if (!session.terminal().format().isForPeople()) session.terminal().print(answer);
        else
            session.terminal()
                    .print(
                            to == null
                                    ? "deployment " + answer.path("number").asText() + ": asked to " + what
                                    : "deployment " + answer.path("number").asText() + " goes back to " + to);
        return 0;
    }
}
