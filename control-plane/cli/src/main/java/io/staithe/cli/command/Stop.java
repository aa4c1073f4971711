package io.staithe.cli.command;

import io.staithe.cli.Session;
import io.staithe.cli.Staithe;
import io.staithe.cli.kind.Tasks;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "stop", description = "Stops a task. A service replaces it.")
public final class Stop implements Callable<Integer> {
    @ParentCommand
    private Staithe staithe;

    @Parameters(paramLabel = "TASK", description = "its id, or the beginning of it")
    private String task;

    @Option(names = "--reason", paramLabel = "TEXT", description = "kept with the task")
    private String reason = "stopped by staithe stop";

    @Override
    public Integer call() {
        Session session = staithe.session();
        session.terminal().print("stopping task " + Tasks.stop(session, task, reason));
        return 0;
    }
}
