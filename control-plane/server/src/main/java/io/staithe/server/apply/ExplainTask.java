package io.staithe.server.apply;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.NetworkBinding;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.ClusterState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Why a task waits, is where it is, or stopped. */
final class ExplainTask {
    private final ClusterState state;
    private final Task task;
    private final Optional<ContainerInstance> host;
    private final Optional<TaskReport> report;
    private final Optional<ExplainCapacity> capacity;

    ExplainTask(ClusterState state, Task task) {
        this.state = state;
        this.task = task;
        this.host = Optional.ofNullable(task.instance()).flatMap(state::instance);
        this.report = state.report(task.id());
        this.capacity = ExplainCapacity.of(state, task);
    }

    String summary() {
        if (task.isStopped()) return "It stopped" + because();
        if (!task.isActive()) return stopping();
        if (capacity.isPresent()) return capacity.get().summary();
        if (task.instance() == null)
            return task.placement() == null
                    ? "It waits for the scheduler to look at it."
                    : "It waits for a host: " + task.placement().summary() + ".";
        return switch (task.lastStatus()) {
            case PROVISIONING, PENDING -> "Host " + hostName() + " is preparing its containers" + reported() + ".";
            case ACTIVATING ->
                "Its containers run on host " + hostName() + "; it waits for its targets to become healthy.";
            default ->
                "It runs on host " + hostName() + (task.startedAt() == null ? "" : " since " + task.startedAt())
                        + (task.healthySince() == null ? ", and does not count as healthy yet." : ".");
        };
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Task definition " + task.taskDefinition() + ", " + task.group()
                + (task.startedBy() == null ? "" : ", started by " + task.startedBy()) + ".");
        if (task.job() != null) lines.addAll(ExplainJob.lines(state, task.job()));
        lines.add("Last status " + task.lastStatus() + ", desired status " + task.desiredStatus() + ".");
        host.ifPresent(instance -> lines.add("Placed on host " + instance.hostName()
                + (task.placement() == null ? "" : ": " + task.placement().summary()) + "."));
        if (task.placement() != null) lines.addAll(task.placement().details());
        capacity.ifPresent(bought -> lines.addAll(bought.lines()));
        host.filter(instance -> !instance.isConnected())
                .ifPresent(instance -> lines.add("Host " + instance.hostName() + " is out of reach since "
                        + instance.disconnectedSince() + "; what is shown is what it said last."));
        if (task.isActive() && task.relocation() != null)
            lines.add("It moves to another host when its replacement is healthy: "
                    + task.relocation().reason() + ".");
        report.map(TaskReport::containers).orElse(List.of()).forEach(container -> lines.add(describe(container)));
        state.targetHealthOf(task.id()).forEach(health -> lines.add(describe(health)));
        return lines;
    }

    private String stopping() {
        String phase = task.lastStatus() == LastStatus.DEACTIVATING
                ? "It is leaving its target groups: requests in flight may end first"
                : "It is being stopped"
                        + host.map(instance -> " on host " + instance.hostName())
                                .orElse("");
        return phase + because();
    }

    private String because() {
        return (task.stopCode() == null ? "" : " (" + task.stopCode() + ")")
                + (task.stoppedReason() == null ? "." : ": " + task.stoppedReason() + ".");
    }

    private String hostName() {
        return host.map(ContainerInstance::hostName).orElse("that is gone");
    }

    private String reported() {
        return report.map(TaskReport::reason).map(reason -> ": " + reason).orElse("");
    }

    private static String describe(ContainerReport container) {
        String ports =
                container.networkBindings().stream().map(ExplainTask::port).collect(Collectors.joining(", "));
        return "Container " + container.name() + ": " + container.lastStatus()
                + (container.healthStatus() == HealthStatus.UNKNOWN ? "" : ", " + container.healthStatus())
                + (container.exitCode() == null ? "" : ", exit code " + container.exitCode())
                + (container.reason() == null ? "" : ", " + container.reason())
                + (container.restartCount() == 0 ? "" : ", restarted " + container.restartCount() + " times")
                + (ports.isEmpty() ? "" : ", ports " + ports)
                + ".";
    }

    private static String port(NetworkBinding binding) {
        return binding.hostPort() + " to " + binding.containerPort() + "/" + binding.protocol();
    }

    private String describe(TargetHealth health) {
        return "Target group " + health.targetGroup() + ", port " + health.containerPort() + ": " + health.state()
                + (health.description() == null ? "" : ", " + health.description())
                + state.instance(health.edge())
                        .map(edge -> " (seen from " + edge.hostName() + ")")
                        .orElse("")
                + ".";
    }
}
