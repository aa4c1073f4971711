package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import io.staithe.cli.api.Failure;
import io.staithe.cli.kind.Arn;
import io.staithe.cli.kind.Events;
import io.staithe.cli.kind.Extensions;
import io.staithe.cli.kind.Kind;
import io.staithe.cli.kind.Kinds;
import io.staithe.cli.kind.Services;
import io.staithe.cli.kind.Tasks;
import io.staithe.cli.view.Colour;
import io.staithe.cli.view.DeploymentLines;
import io.staithe.cli.view.PlacementView;
import io.staithe.cli.view.Table;
import io.staithe.cli.view.Terminal;
import io.staithe.cli.view.Times;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "describe", description = "Shows all that is known of one thing.")
public final class Describe implements Callable<Integer> {
    /** The rest is in {@code get events}. */
    private static final int EVENTS = 10;

    @ParentCommand
    private Staithe staithe;

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            converter = Kinds.class,
            completionCandidates = Kinds.class,
            description = "its kind, as for get")
    private Kind kind;

    @Parameters(index = "1", paramLabel = "NAME", description = "its name, or the beginning of its id")
    private String name;

    @Override
    public Integer call() {
        Session session = staithe.session();
        List<JsonNode> items = kind.select(session, name);
        if (items.size() != 1) throw new Failure("%s has %d %s: name one".formatted(name, items.size(), kind.name()));
        Extensions.join(session, kind, items);
        boolean forPeople = session.terminal().format().isForPeople();
        if (forPeople && kind.equals(Services.KIND)) describeService(session, items.get(0));
        else session.terminal().print(items.get(0));
        return 0;
    }

    private static void describeService(Session session, JsonNode service) {
        Terminal terminal = session.terminal();
        String cluster = Arn.last(service.path("clusterArn").asText());
        String name = service.path("serviceName").asText();
        terminal.print("Service          " + cluster + "/" + name);
        terminal.print(
                "Status           " + terminal.state(service.path("status").asText()));
        terminal.print("Tasks            %s desired, %s running, %s pending"
                .formatted(
                        service.path("desiredCount").asText(),
                        service.path("runningCount").asText(),
                        service.path("pendingCount").asText()));
        if (service.path("schedulingStrategy").asText().equals("DAEMON"))
            terminal.print("Strategy         DAEMON: one task on each host that qualifies");
        terminal.print(
                "Task definition  " + Arn.last(service.path("taskDefinition").asText()));
        for (JsonNode balancer : service.path("loadBalancers"))
            terminal.print("Traffic          %s -> %s:%s"
                    .formatted(
                            Arn.targetGroup(balancer.path("targetGroupArn").asText()),
                            balancer.path("containerName").asText(),
                            balancer.path("containerPort").asText()));
        for (String line : PlacementView.of(service)) terminal.print("Placement        " + line);
        terminal.print("Created          " + Times.age(service.path("createdAt"), session.now()) + " ago");

        title(terminal, "Deployments");
        deployments(session, service).print(terminal, "  ");
        if (service.path("status").asText().equals("ACTIVE")) backOff(session, cluster + "/" + name);
        title(terminal, "Tasks");
        Tasks.KIND.print(terminal, Tasks.ofService(session, cluster, name), session.now());
        title(terminal, "Events");
        List<JsonNode> events = Events.of(service);
        for (JsonNode event : events.subList(Math.max(0, events.size() - EVENTS), events.size()))
            terminal.print("  " + Times.clock(event.path("createdAt"), session.now()) + "  "
                    + event.path("message").asText());
    }

    /** What waits because its last tasks failed, and how it waits no longer. */
    private static void backOff(Session session, String name) {
        Terminal terminal = session.terminal();
        List<String> places = new DeploymentLines(terminal, session.now()).backOff(Rollout.progress(session, name));
        if (places.isEmpty()) return;
        title(terminal, "Back-off");
        places.forEach(place -> terminal.print("  " + place));
        terminal.print("  `staithe deploy continue " + name + "` starts them at once; so does another deployment");
    }

    private static Table deployments(Session session, JsonNode service) {
        Table table = new Table(List.of("STATUS", "ROLLOUT", "DESIRED", "RUNNING", "FAILED", "AGE", "REASON"));
        for (JsonNode deployment : service.path("deployments"))
            table.add(List.of(
                    deployment.path("status").asText(),
                    deployment.path("rolloutState").asText(),
                    deployment.path("desiredCount").asText(),
                    deployment.path("runningCount").asText(),
                    deployment.path("failedTasks").asText(),
                    Times.age(deployment.path("createdAt"), session.now()),
                    deployment.path("rolloutStateReason").asText()));
        return table;
    }

    private static void title(Terminal terminal, String title) {
        terminal.print("");
        terminal.print(terminal.paint(Colour.TITLE, title));
    }
}
