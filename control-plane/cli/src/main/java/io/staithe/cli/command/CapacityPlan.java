package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.view.CapacityView;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "plan",
        description = "Shows which hosts would be bought and given back were the files applied, and what that costs.")
final class CapacityPlan implements Callable<Integer> {
    @ParentCommand
    private Capacity capacity;

    @Spec
    private CommandSpec spec;

    @Mixin
    private Files files;

    @Override
    public Integer call() throws IOException {
        if (files.isEmpty()) throw new CommandLine.ParameterException(spec.commandLine(), "name the files with -f");
        Session session = capacity.session();
        JsonNode plan = session.api().post("/apply", Map.of("dryRun", "true"), files.body(session.in()));
        if (session.terminal().format().isForPeople()) new CapacityView(session.terminal()).plan(plan);
        else session.terminal().print(plan);
        return 0;
    }
}
