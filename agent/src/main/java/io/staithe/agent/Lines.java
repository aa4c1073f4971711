package io.staithe.agent;

import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.TaskReport;
import java.util.stream.Collectors;

/** What happened, as a line of the agent's log. */
final class Lines {
    private Lines() {}

    static String of(TaskReport report) {
        String health = report.healthStatus() == HealthStatus.UNKNOWN ? "" : " " + report.healthStatus();
        String why = report.reason() == null ? "" : ": " + report.reason();
        return "task " + report.task() + " " + report.lastStatus() + health + why
                + report.containers().stream().map(Lines::of).collect(Collectors.joining(", ", " [", "]"));
    }

    private static String of(ContainerReport container) {
        String exit = container.exitCode() == null ? "" : " exit code " + container.exitCode();
        return container.name() + " " + container.lastStatus() + exit;
    }
}
