package io.staithe.server.ecs;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.DesiredStatus;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.JobRun;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Resources;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Tag;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskOverride;
import io.staithe.core.model.TaskOverride.ContainerOverride;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

/** The tasks that RunTask is asked for, one for each id. */
final class TaskReading {
    private TaskReading() {}

    static List<Task> read(
            ClusterState state, RunTaskRequest request, RunHeader asked, List<TaskId> ids, String mark, Caller caller) {
        Cluster cluster = Clusters.active(state, request.cluster());
        TaskDefinition definition = TaskDefinitions.active(state, request.taskDefinition());
        refuseUnsupported(request);
        ServiceRules.checkLaunch(launch(request, definition), definition);
        TaskOverride overrides = overrides(request, definition);
        Resources reserved = reserved(definition, overrides);
        List<PlacementConstraint> constraints = Stream.concat(
                        Shapes.readList(
                                request.placementConstraints(), PlacementConstraint.class, "placementConstraints")
                                .stream(),
                        definition.placementConstraints().stream())
                .toList();
        ServiceRules.checkExpressions(constraints);
        List<PlacementStrategy> strategy =
                Shapes.readList(request.placementStrategy(), PlacementStrategy.class, "placementStrategy");
        List<Tag> tags = tags(request, definition);
        return ids.stream()
                .map(id -> new Task(
                        id,
                        cluster.name(),
                        definition.id(),
                        request.group() == null ? "family:" + definition.family() : request.group(),
                        request.startedBy(),
                        null,
                        null,
                        null,
                        request.launchTypeAsString(),
                        overrides,
                        reserved,
                        definition.fixedHostPorts(),
                        List.of(),
                        constraints,
                        strategy,
                        asked.placement(),
                        null,
                        LastStatus.PROVISIONING,
                        DesiredStatus.RUNNING,
                        caller.now(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        tags,
                        mark,
                        caller.traceparent(),
                        asked.job() == null ? null : new JobRun(id, 1)))
                .toList();
    }

    private static void refuseUnsupported(RunTaskRequest request) {
        if (request.hasVolumeConfigurations() && !request.volumeConfigurations().isEmpty())
            throw new Invalid("volumeConfigurations", "is not supported");
        if (request.group() != null && request.group().startsWith("service:"))
            throw ApiError.invalidParameter("Invalid group: the prefix service: is reserved.");
    }

    /** What of the request has the same rules as in a service. */
    private static ServiceRevision launch(RunTaskRequest request, TaskDefinition definition) {
        return Shapes.reading(request)
                .partly()
                .with("taskDefinition", definition.id())
                .with("loadBalancers", List.of())
                .with("networkConfiguration", null)
                .with("forced", 0)
                .as(ServiceRevision.class);
    }

    private static TaskOverride overrides(RunTaskRequest request, TaskDefinition definition) {
        var asked = request.overrides();
        if (asked == null) return TaskOverride.NONE;
        TaskOverride overrides = Shapes.within("overrides", () -> Shapes.reading(asked)
                .with("cpu", Quantities.cpu(asked.cpu()))
                .with("memory", Quantities.memory(asked.memory()))
                .as(TaskOverride.class));
        for (ContainerOverride container : overrides.containerOverrides())
            if (definition.container(container.name()).isEmpty())
                throw ApiError.invalidParameter("Override for container named " + container.name()
                        + " is not a container in the TaskDefinition.");
        return overrides;
    }

    /** What a task keeps reserved: its own size where there is one, else its containers', overrides included. */
    private static Resources reserved(TaskDefinition definition, TaskOverride overrides) {
        Resources own = definition.reserved();
        int cpu = 0;
        int memory = 0;
        for (var container : definition.containerDefinitions()) {
            Optional<ContainerOverride> override = overrides.containerOverrides().stream()
                    .filter(o -> o.name().equals(container.name()))
                    .findFirst();
            cpu += orElse(override.map(ContainerOverride::cpu).orElse(null), container.cpuUnits());
            Integer hard = override.map(ContainerOverride::memory).orElse(null);
            Integer soft = override.map(ContainerOverride::memoryReservation).orElse(null);
            memory += orElse(
                    soft,
                    container.memoryReservation() == null
                            ? orElse(hard, container.reservedMemoryMib())
                            : container.reservedMemoryMib());
        }
        return new Resources(
                orElse(overrides.cpu(), definition.cpu() == null ? cpu : own.cpu()),
                orElse(overrides.memory(), definition.memory() == null ? memory : own.memory()),
                own.gpus(),
                own.others());
    }

    private static int orElse(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    private static List<Tag> tags(RunTaskRequest request, TaskDefinition definition) {
        List<Tag> own = Requests.tags(request.tags());
        if (!"TASK_DEFINITION".equals(request.propagateTagsAsString())) return own;
        return Tags.merge(definition.tags(), own);
    }
}
