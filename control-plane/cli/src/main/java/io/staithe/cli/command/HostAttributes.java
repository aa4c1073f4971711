package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.staithe.cli.Session;
import io.staithe.cli.api.Api;
import io.staithe.cli.view.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "attributes",
        description = "Shows a host's attributes, after setting or removing some, for placement to ask for.")
public final class HostAttributes implements Callable<Integer> {
    @ParentCommand
    private Hosts hosts;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "HOST", description = "its name, or the beginning of its id")
    private String name;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "CHANGE",
            description = "NAME=VALUE or NAME= to set, NAME- to remove; up to ten of each")
    private List<String> changes = new ArrayList<>();

    @Override
    public Integer call() {
        Session session = hosts.session();
        ObjectNode put = Api.object().put("cluster", session.cluster());
        ObjectNode delete = put.deepCopy();
        ArrayNode puts = put.putArray("attributes");
        ArrayNode deletes = delete.putArray("attributes");
        for (String change : changes) read(change, puts, deletes);
        String arn = arn(session);
        for (JsonNode attribute : puts) ((ObjectNode) attribute).put("targetId", arn);
        for (JsonNode attribute : deletes) ((ObjectNode) attribute).put("targetId", arn);
        if (!puts.isEmpty()) session.api().ecs("PutAttributes", put);
        if (!deletes.isEmpty()) session.api().ecs("DeleteAttributes", delete);
        print(session, io.staithe.cli.kind.Hosts.KIND.find(session, arn.substring(arn.lastIndexOf('/') + 1)));
        return 0;
    }

    private String arn(Session session) {
        return io.staithe.cli.kind.Hosts.KIND
                .find(session, name)
                .path("containerInstanceArn")
                .asText();
    }

    private void read(String change, ArrayNode puts, ArrayNode deletes) {
        int equals = change.indexOf('=');
        if (equals > 0) {
            ObjectNode put = puts.addObject().put("name", change.substring(0, equals));
            if (equals < change.length() - 1) put.put("value", change.substring(equals + 1));
        } else if (change.length() > 1 && change.endsWith("-")) {
            deletes.addObject().put("name", change.substring(0, change.length() - 1));
        } else {
            throw new CommandLine.ParameterException(spec.commandLine(), change + " is neither NAME=VALUE nor NAME-");
        }
    }

    private static void print(Session session, JsonNode host) {
        if (!session.terminal().format().isForPeople()) {
            session.terminal().print(host.path("attributes"));
            return;
        }
        Table table = new Table(List.of("ATTRIBUTE", "VALUE"));
        for (JsonNode attribute : host.path("attributes"))
            table.add(List.of(
                    attribute.path("name").asText(), attribute.path("value").asText()));
        table.print(session.terminal());
    }
}
