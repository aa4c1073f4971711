package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import io.staithe.cli.api.Api;
import io.staithe.cli.api.Failure;
import io.staithe.cli.kind.Arn;
import io.staithe.cli.kind.Tasks;
import io.staithe.cli.view.Times;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "protect",
        description = "Keeps deployments, scaling in and moving from stopping a service's task for a while.")
public final class Protect implements Callable<Integer> {
    /** How long, or no longer. */
    static final class Choice {
        @Option(
                names = "--minutes",
                paramLabel = "N",
                description = "for how long, 1 to 2880; 120 unless said otherwise")
        @Nullable
        Integer minutes;

        @Option(names = "--off", description = "protect it no longer")
        boolean off;
    }

    @ParentCommand
    private Staithe staithe;

    @Parameters(paramLabel = "TASK", description = "its id, or the beginning of it")
    private String task;

    @ArgGroup
    private Choice choice = new Choice();

    @Override
    public Integer call() {
        Session session = staithe.session();
        String arn = Tasks.running(session, task);
        ObjectNode request = Api.object().put("cluster", session.cluster()).put("protectionEnabled", !choice.off);
        request.putArray("tasks").add(arn);
        if (choice.minutes != null) request.put("expiresInMinutes", choice.minutes);
        JsonNode answer = session.api().ecs("UpdateTaskProtection", request);
        for (JsonNode failure : answer.path("failures"))
            throw new Failure("the task cannot be protected: "
                    + failure.path("reason").asText() + ": "
                    + failure.path("detail").asText());
        JsonNode protection = answer.path("protectedTasks").path(0);
        if (session.terminal().format().isForPeople())
            session.terminal()
                    .print("task " + Arn.last(arn)
                            + (choice.off
                                    ? " is protected no longer"
                                    : " is protected until "
                                            + Times.clock(protection.path("expirationDate"), session.now())));
        else session.terminal().print(protection);
        return 0;
    }
}
