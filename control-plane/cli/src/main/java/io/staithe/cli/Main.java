package io.staithe.cli;

import io.staithe.cli.api.ApiException;
import io.staithe.cli.api.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.Help;

/** Entry point. Exit codes: 0 done, 1 it failed, 2 wrong usage; {@code run --wait} ends with the task's own code. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Shell shell = Shell.ofThisProcess();
        int code = run(shell, arguments);
        shell.out().flush();
        shell.err().flush();
        // Not System.exit: shutdown hooks are for those who interrupt it, and a thread that still copies logs needs no
        // farewell.
        Runtime.getRuntime().halt(code);
    }

    static int run(Shell shell, String... arguments) {
        return commandLine(shell, arguments).execute(arguments);
    }

    private static CommandLine commandLine(Shell shell, String... arguments) {
        CommandLine commandLine = new CommandLine(new Staithe(shell));
        Commands.addTo(commandLine, arguments);
        Help.Ansi ansi = shell.allowsColour() ? Help.Ansi.ON : Help.Ansi.OFF;
        return commandLine
                .setColorScheme(Help.defaultColorScheme(ansi))
                .setOut(shell.out())
                .setErr(shell.err())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, given) -> usage(wrong, shell.err()))
                .setExecutionExceptionHandler((thrown, parsed, result) -> {
                    report(thrown, shell.err());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    private static int usage(CommandLine.ParameterException wrong, PrintWriter err) {
        err.println("error: " + wrong.getMessage());
        CommandLine command = wrong.getCommandLine();
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err))
            err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return CommandLine.ExitCode.USAGE;
    }

    /** What went wrong outside is said in a line; anything else is a bug of this program, and its trace is the message. */
    private static void report(Exception thrown, PrintWriter err) {
        if (thrown instanceof ApiException error) {
            error.lines().forEach(line -> err.println("error: " + line));
        } else if (thrown instanceof Failure) {
            err.println("error: " + thrown.getMessage());
        } else if (thrown instanceof IOException || thrown instanceof UncheckedIOException) {
            err.println("error: " + thrown.getMessage());
        } else {
            thrown.printStackTrace(err);
        }
    }
}
