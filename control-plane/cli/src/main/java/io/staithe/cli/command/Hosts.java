package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "hosts", description = "Lists the hosts: get hosts, in a word.", subcommands = HostAttributes.class)
public final class Hosts implements Callable<Integer> {
    @ParentCommand
    private Staithe staithe;

    @Override
    public Integer call() {
        Session session = staithe.session();
        List<JsonNode> hosts = io.staithe.cli.kind.Hosts.all(session);
        ArrayNode data = JsonNodeFactory.instance.arrayNode().addAll(hosts);
        if (session.terminal().format().isForPeople())
            io.staithe.cli.kind.Hosts.KIND.print(session.terminal(), hosts, session.now());
        else session.terminal().print(data);
        return 0;
    }

    Session session() {
        return staithe.session();
    }
}
