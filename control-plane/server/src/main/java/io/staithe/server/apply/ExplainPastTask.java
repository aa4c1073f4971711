package io.staithe.server.apply;

import io.staithe.server.ecs.PastTasks.PastContainer;
import io.staithe.server.ecs.PastTasks.PastTask;
import java.util.ArrayList;
import java.util.List;

/** Why a task was where it was and how it ended, when only history knows it. */
final class ExplainPastTask {
    private final PastTask task;

    ExplainPastTask(PastTask task) {
        this.task = task;
    }

    String summary() {
        return "It stopped at " + task.stoppedAt() + (task.stopCode() == null ? "" : " (" + task.stopCode() + ")")
                + (task.stoppedReason() == null ? "." : ": " + task.stoppedReason() + ".");
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Task definition " + task.taskDefinition() + (task.group() == null ? "" : ", " + task.group())
                + (task.startedBy() == null ? "" : ", started by " + task.startedBy()) + ".");
        lines.add("Created at " + task.createdAt()
                + (task.placedAt() == null ? "" : ", placed at " + task.placedAt())
                + (task.startedAt() == null ? ", never running." : ", running since " + task.startedAt() + "."));
        if (task.placedAt() != null || !task.placement().isEmpty()) lines.add(placed());
        lines.addAll(task.placement()
                .subList(Math.min(1, task.placement().size()), task.placement().size()));
        task.containers().forEach(container -> lines.add(describe(container)));
        return lines;
    }

    private String placed() {
        String where = task.placedAt() == null
                ? "It waited for a host"
                : "Placed on host " + (task.hostName() == null ? "that is gone" : task.hostName());
        return where
                + (task.placement().isEmpty() ? "" : ": " + task.placement().get(0)) + ".";
    }

    private static String describe(PastContainer container) {
        return "Container " + container.name()
                + (container.exitCode() == null ? ": never ran" : ": exit code " + container.exitCode())
                + (container.reason() == null ? "" : ", " + container.reason()) + ".";
    }
}
