package io.staithe.cli;

import io.staithe.cli.command.Alarm;
import io.staithe.cli.command.Apply;
import io.staithe.cli.command.Capacity;
import io.staithe.cli.command.Completion;
import io.staithe.cli.command.Costs;
import io.staithe.cli.command.Delete;
import io.staithe.cli.command.Deploy;
import io.staithe.cli.command.Describe;
import io.staithe.cli.command.Diff;
import io.staithe.cli.command.Drain;
import io.staithe.cli.command.Explain;
import io.staithe.cli.command.Get;
import io.staithe.cli.command.History;
import io.staithe.cli.command.Hosts;
import io.staithe.cli.command.Logs;
import io.staithe.cli.command.Protect;
import io.staithe.cli.command.Run;
import io.staithe.cli.command.Scale;
import io.staithe.cli.command.Stop;
import io.staithe.cli.command.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * All commands, in the order of the help. Only the one that is named is set up: reading the annotations of all of them would
 * take half of a call's time.
 */
final class Commands {
    private static final Map<String, Supplier<Object>> ALL = new LinkedHashMap<>();

    static {
        ALL.put("apply", Apply::new);
        ALL.put("get", Get::new);
        ALL.put("describe", Describe::new);
        ALL.put("delete", Delete::new);
        ALL.put("scale", Scale::new);
        ALL.put("logs", Logs::new);
        ALL.put("run", Run::new);
        ALL.put("stop", Stop::new);
        ALL.put("protect", Protect::new);
        ALL.put("explain", Explain::new);
        ALL.put("history", History::new);
        ALL.put("diff", Diff::new);
        ALL.put("deploy", Deploy::new);
        ALL.put("alarm", Alarm::new);
        ALL.put("costs", Costs::new);
        ALL.put("hosts", Hosts::new);
        ALL.put("capacity", Capacity::new);
        ALL.put("drain", Drain::new);
        ALL.put("version", Version::new);
        ALL.put("completion", Completion::new);
    }

    private Commands() {}

    /** Adds what the arguments need: the command that they begin with, or all, for help, completion and mistakes. */
    static void addTo(CommandLine commandLine, String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        Supplier<Object> named = first.equals("completion") ? null : ALL.get(first);
        if (named != null) commandLine.addSubcommand(first, named.get());
        else ALL.forEach((name, command) -> commandLine.addSubcommand(name, command.get()));
    }
}
