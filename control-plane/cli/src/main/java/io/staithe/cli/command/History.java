package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import io.staithe.cli.api.Api;
import io.staithe.cli.kind.Arn;
import io.staithe.cli.kind.Services;
import io.staithe.cli.view.Table;
import io.staithe.cli.view.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "history",
        description = "Lists the deployments of a service, newest first: what, when, by whom and how it ended.")
public final class History implements Callable<Integer> {
    @ParentCommand
    private Staithe staithe;

    @Parameters(index = "0", paramLabel = "SERVICE", description = "SERVICE or CLUSTER/SERVICE")
    private String name;

    @Override
    public Integer call() {
        Session session = staithe.session();
        JsonNode items = of(session, name);
        if (!session.terminal().format().isForPeople()) {
            session.terminal().print(items);
            return 0;
        }
        Table table = new Table(List.of("REVISION", "WHEN", "TASK DEFINITION", "IMAGES", "STATE", "BY", "WHY"));
        for (JsonNode item : items) {
            List<String> images = new ArrayList<>();
            item.path("images").forEach(image -> images.add(image.asText()));
            table.add(List.of(
                    item.path("number").asText(),
                    Times.clock(item.path("at"), session.now()),
                    item.path("taskDefinition").asText(),
                    String.join(", ", images),
                    item.path("state").asText(),
                    Arn.last(item.path("by").asText()),
                    item.path("why").asText()));
        }
        table.print(session.terminal());
        return 0;
    }

    /** The deployments of a service, the newest first. */
    static JsonNode of(Session session, String service) {
        return session.api()
                .get(
                        "/history" + Api.segment(Arn.last(service)),
                        Map.of("cluster", Services.clusterOf(session, service)))
                .path("items");
    }
}
