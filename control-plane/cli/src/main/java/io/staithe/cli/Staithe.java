package io.staithe.cli;

import io.staithe.cli.api.Api;
import io.staithe.cli.api.Profile;
import io.staithe.cli.view.Format;
import io.staithe.cli.view.Terminal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself: the options that every subcommand shares, and what they amount to. */
@Command(
        name = "staithe",
        description = "Runs containers on machines of your own, in the vocabulary of Amazon ECS.",
        synopsisSubcommandLabel = "COMMAND",
        optionListHeading = "%nOptions, before or after the command:%n",
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:it failed, and the reason is on standard error",
            "2:wrong usage",
            "N:run --wait ends with the exit code of the task"
        })
public final class Staithe implements Runnable {
    private final Shell shell;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            scope = ScopeType.INHERIT,
            paramLabel = "FORMAT",
            description = "table, wide, json or yaml")
    private Format format = Format.TABLE;

    @Option(
            names = "--cluster",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "the cluster; else STAITHE_CLUSTER, else default")
    private @Nullable String cluster;

    @Option(
            names = "--endpoint-url",
            scope = ScopeType.INHERIT,
            paramLabel = "URL",
            description = "where the API is; else STAITHE_ENDPOINT, ~/.staithe/config, the profile's endpoint_url")
    private @Nullable String endpoint;

    @Option(
            names = "--profile",
            scope = ScopeType.INHERIT,
            paramLabel = "NAME",
            description = "the AWS profile with the access key; else AWS_PROFILE")
    private @Nullable String profile;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "no colours; also with NO_COLOR set")
    private boolean noColour;

    @Option(
            names = {"-h", "--help"},
            scope = ScopeType.INHERIT,
            usageHelp = true,
            description = "show this help")
    @SuppressWarnings("unused") // picocli shows the help instead of running the command
    private boolean help;

    Staithe(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        spec.commandLine().usage(shell.out());
    }

    /** What a command works with, as options, environment and files say. Reads files; asks nobody yet. */
    public Session session() {
        Profile found = Profile.find(shell, endpoint, profile);
        String name = cluster != null ? cluster : shell.variables().getOrDefault("STAITHE_CLUSTER", found.cluster());
        return new Session(new Api(found, shell.clock()), name, terminal(), shell);
    }

    /** Where to write, also for commands that need no API. */
    public Terminal terminal() {
        return new Terminal(
                shell.out(), format, shell.interactive(), shell.allowsColour() && !noColour, shell.columns());
    }
}
