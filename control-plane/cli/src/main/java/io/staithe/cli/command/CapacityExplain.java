package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.view.CapacityView;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "explain",
        description =
                "Says how capacity providers and host groups stand, what waits for hosts, and why hosts stay or go.")
final class CapacityExplain implements Callable<Integer> {
    @ParentCommand
    private Capacity capacity;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "a capacity provider or a host group; all of them")
    private @Nullable String name;

    @Override
    public Integer call() {
        Session session = capacity.session();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("cluster", session.cluster());
        if (name != null) query.put("name", name);
        JsonNode standing = session.api().get("/capacity", query);
        if (session.terminal().format().isForPeople())
            new CapacityView(session.terminal()).standing(standing, session.now());
        else session.terminal().print(standing);
        return 0;
    }
}
