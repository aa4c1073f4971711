package io.staithe.agent.endpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.staithe.agent.container.Container;
import io.staithe.agent.container.Names;
import io.staithe.agent.session.ArnScope;
import io.staithe.agent.task.KnownTask;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.LogConfiguration;
import io.staithe.core.model.NetworkBinding;
import io.staithe.core.model.NetworkMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The document of a container in ECS's task metadata endpoint version 4. */
final class ContainerMetadata {
    private ContainerMetadata() {}

    static ObjectNode of(ContainerDefinition container, KnownTask task, ArnScope scope) {
        AssignedTask assigned = task.assigned();
        Container seen = task.seen().get(container.name());
        ContainerReport report = report(container, task);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("DockerId", seen == null ? "" : seen.id());
        json.put("Name", container.name());
        json.put("DockerName", seen == null ? "" : Names.container(assigned.task(), container.name()));
        json.put("Image", container.image());
        json.put("ImageID", seen == null ? "" : seen.imageId());
        if (report != null) ports(report.networkBindings(), json);
        labels(container, task, scope).forEach(json.putObject("Labels")::put);
        json.put("DesiredStatus", TaskMetadata.desired(task));
        json.put("KnownStatus", seen == null ? "NONE" : known(seen.state()));
        if (report != null && report.exitCode() != null) json.put("ExitCode", report.exitCode());
        limits(container, json);
        if (seen != null) TaskMetadata.time(json, "CreatedAt", seen.createdAt());
        if (report != null) {
            TaskMetadata.time(json, "StartedAt", report.startedAt());
            TaskMetadata.time(json, "FinishedAt", report.finishedAt());
            json.put("RestartCount", report.restartCount());
        }
        json.put("Type", "NORMAL");
        if (container.healthCheck() != null && report != null) health(report, json);
        log(container.logConfiguration(), json);
        json.put(
                "ContainerARN",
                scope.ecs("container/" + assigned.cluster() + "/" + assigned.task() + "/"
                        + assigned.task().container(container.name())));
        network(container, task, seen, json);
        return json;
    }

    private static @Nullable ContainerReport report(ContainerDefinition container, KnownTask task) {
        return Optional.ofNullable(task.report())
                .flatMap(report -> report.container(container.name()))
                .orElse(null);
    }

    /** The definition's own, the agent's, and ECS's, which tools look for. */
    private static Map<String, String> labels(ContainerDefinition container, KnownTask task, ArnScope scope) {
        Container seen = task.seen().get(container.name());
        Map<String, String> labels = new TreeMap<>(seen == null ? container.dockerLabels() : seen.labels());
        labels.put("com.amazonaws.ecs.cluster", task.assigned().cluster());
        labels.put("com.amazonaws.ecs.container-name", container.name());
        labels.put("com.amazonaws.ecs.task-arn", TaskMetadata.arn(task, scope));
        labels.put(
                "com.amazonaws.ecs.task-definition-family",
                task.assigned().definition().family());
        labels.put(
                "com.amazonaws.ecs.task-definition-version",
                Integer.toString(task.assigned().definition().revision()));
        return labels;
    }

    private static String known(Container.State state) {
        return switch (state) {
            case CREATED -> "CREATED";
            case RUNNING, PAUSED -> "RUNNING";
            case EXITED -> "STOPPED";
        };
    }

    private static void ports(List<NetworkBinding> bindings, ObjectNode json) {
        for (NetworkBinding binding : bindings)
            json.withArray("Ports")
                    .addObject()
                    .put("ContainerPort", binding.containerPort())
                    .put("Protocol", binding.protocol())
                    .put("HostPort", binding.hostPort())
                    .put("HostIp", binding.bindIP());
    }

    /** CPU units and MiB, as the definition has them. */
    private static void limits(ContainerDefinition container, ObjectNode json) {
        ObjectNode limits = json.putObject("Limits");
        if (container.cpuUnits() > 0) limits.put("CPU", container.cpuUnits());
        if (container.memory() != null) limits.put("Memory", container.memory());
    }

    private static void health(ContainerReport report, ObjectNode json) {
        ObjectNode health =
                json.putObject("Health").put("status", report.healthStatus().name());
        if (report.checkDetail() != null) health.put("output", report.checkDetail());
    }

    /** As declared: what the host looked up for it stays out. */
    private static void log(@Nullable LogConfiguration log, ObjectNode json) {
        if (log == null) return;
        json.put("LogDriver", log.logDriver());
        log.options().forEach(json.putObject("LogOptions")::put);
    }

    /** On the host's network, every address of the host is the container's: none is named. */
    private static void network(
            ContainerDefinition container, KnownTask task, @Nullable Container seen, ObjectNode json) {
        NetworkMode mode = task.assigned().definition().networkModeOrDefault();
        ObjectNode network = json.putArray("Networks").addObject();
        boolean isCutOff = Boolean.TRUE.equals(container.disableNetworking());
        network.put("NetworkMode", isCutOff ? "none" : mode.name().toLowerCase(Locale.ROOT));
        String own = seen == null ? null : seen.address();
        String address = mode == NetworkMode.AWSVPC ? task.address() : own;
        if (address != null && mode != NetworkMode.HOST)
            network.putArray("IPv4Addresses").add(address);
    }
}
