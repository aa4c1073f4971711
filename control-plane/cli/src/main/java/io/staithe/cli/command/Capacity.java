package io.staithe.cli.command;

import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "capacity",
        description = "Shows what hosts would be bought for files, and how what buys hosts stands.",
        subcommands = {CapacityPlan.class, CapacityExplain.class})
public final class Capacity implements Runnable {
    @ParentCommand
    private Staithe staithe;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(staithe.terminal().out());
    }

    Session session() {
        return staithe.session();
    }
}
