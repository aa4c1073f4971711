package io.staithe.cli.command;

import io.staithe.cli.Staithe;
import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(name = "version", description = "Says which version of the command this is.")
public final class Version implements Callable<Integer> {
    @ParentCommand
    private Staithe staithe;

    @Override
    public Integer call() {
        String version = Version.class.getPackage().getImplementationVersion();
        staithe.terminal().print("staithe " + Objects.requireNonNullElse(version, "(not packaged)"));
        return 0;
    }
}
