package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import io.staithe.cli.kind.Extensions;
import io.staithe.cli.kind.Hosts;
import io.staithe.cli.kind.Kind;
import io.staithe.cli.kind.Kinds;
import io.staithe.cli.kind.Tasks;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "get",
        description = "Lists things, or shows one in a line.",
        footer = {
            "%nKinds: services, tasks, task-definitions, clusters, hosts, target-groups, listeners, rules,",
            "load-balancers, alarms, events. Singular, svc, td, tg, lb and ev will do. NAME may be the beginning of an id;",
            "for tasks it may be a service, for events it is one."
        })
public final class Get implements Callable<Integer> {
    @ParentCommand
    private Staithe staithe;

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            converter = Kinds.class,
            completionCandidates = Kinds.class,
            description = "what to list")
    private Kind kind;

    @Parameters(index = "1", paramLabel = "NAME", arity = "0..1", description = "only this one")
    private @Nullable String name;

    @Option(
            names = {"-a", "--all"},
            description = "tasks that stopped lately as well")
    private boolean all;

    @Override
    public Integer call() {
        Session session = staithe.session();
        List<JsonNode> items = items(session);
        if (session.terminal().format().isForPeople()) {
            kind.print(session.terminal(), items, session.now());
        } else {
            Extensions.join(session, kind, items);
            session.terminal().print(data(items));
        }
        return 0;
    }

    private List<JsonNode> items(Session session) {
        if (name != null) return kind.select(session, name);
        if (kind.equals(Hosts.KIND)) return Hosts.all(session);
        return kind.equals(Tasks.KIND) && !all ? Tasks.wanted(session) : kind.list(session);
    }

    /** A list is a list, and one thing is that thing. */
    private JsonNode data(List<JsonNode> items) {
        if (name != null && items.size() == 1) return items.get(0);
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        items.forEach(array::add);
        return array;
    }
}
