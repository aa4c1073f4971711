package io.staithe.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import io.staithe.cli.api.Api;
import java.util.LinkedHashMap;
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
        name = "alarm",
        description = "Sets an alarm that deployments heed; the first time makes it.",
        customSynopsis = "staithe alarm set NAME OK|ALARM|INSUFFICIENT_DATA [--reason TEXT]")
public final class Alarm implements Callable<Integer> {
    @ParentCommand
    private Staithe staithe;

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "set", description = "set")
    private String what;

    @Parameters(index = "1", paramLabel = "NAME", description = "the alarm's name")
    private String name;

    @Parameters(index = "2", paramLabel = "STATE", description = "OK, ALARM or INSUFFICIENT_DATA")
    private String state;

    @Option(names = "--reason", paramLabel = "TEXT", description = "why, for people")
    private @Nullable String reason;

    @Override
    public Integer call() {
        if (!what.equals("set"))
            throw new CommandLine.ParameterException(spec.commandLine(), "an alarm can be set, not " + what);
        Session session = staithe.session();
        Map<String, String> query = new LinkedHashMap<>();
        query.put("state", state);
        if (reason != null) query.put("reason", reason);
        JsonNode alarm = session.api().post("/alarms" + Api.segment(name), query, Api.object());
        if (!session.terminal().format().isForPeople()) session.terminal().print(alarm);
        else
            session.terminal()
                    .print("alarm %s: %s".formatted(name, alarm.path("state").asText()));
        return 0;
    }
}
