package io.staithe.cli.command;

import io.staithe.cli.Staithe;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        description = "Writes the script that makes bash and zsh complete commands and options.",
        footer = "%nUse it with: source <(staithe completion)")
public final class Completion implements Callable<Integer> {
    @ParentCommand
    private Staithe staithe;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        staithe.terminal().out().print(AutoComplete.bash("staithe", spec.root().commandLine()));
        staithe.terminal().out().flush();
        return 0;
    }
}
