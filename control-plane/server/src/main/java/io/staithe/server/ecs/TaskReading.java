package io.staithe.server.ecs;

import io.staithe.core.capacity.ProviderChoice;
import io.staithe.core.job.StandaloneTask;
import io.staithe.core.model.CapacityProviderStrategyItem;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Tag;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskOverride;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;

/** The tasks that RunTask is asked for, one for each id. */
final class TaskReading {
    private TaskReading() {}

    static List<Task> read(
            ClusterState state, RunTaskRequest request, RunHeader asked, List<TaskId> ids, String mark, Caller caller) {
        Cluster cluster = Clusters.active(state, request.cluster());
        TaskDefinition definition = TaskDefinitions.active(state, request.taskDefinition());
        refuseUnsupported(request);
        ServiceRevision launch = launch(request, definition);
        ServiceRules.checkLaunch(launch, definition);
        TaskOverride overrides = Overrides.read(request.overrides());
        List<PlacementConstraint> constraints =
                Shapes.readList(request.placementConstraints(), PlacementConstraint.class, "placementConstraints");
        ServiceRules.checkExpressions(constraints);
        List<PlacementStrategy> strategy =
                Shapes.readList(request.placementStrategy(), PlacementStrategy.class, "placementStrategy");
        StandaloneTask task = new StandaloneTask(
                cluster.name(),
                definition,
                request.group(),
                request.startedBy(),
                request.launchTypeAsString(),
                null,
                overrides,
                constraints,
                strategy,
                asked.placement(),
                asked.job(),
                tags(request, definition),
                mark,
                caller.traceparent());
        List<CapacityProviderStrategyItem> capacity = ServiceRules.capacity(launch, cluster);
        CapacityRules.checkStrategy(capacity, cluster);
        List<Task> tasks = new ArrayList<>();
        for (TaskId id : ids) {
            String provider = ProviderChoice.of(
                    state, cluster.name(), launch.launchType(), capacity, named -> countOf(named, tasks));
            tasks.add(task.named(id, caller.now())
                    .but()
                    .capacityProvider(provider)
                    .build());
        }
        return tasks;
    }

    private static int countOf(String provider, List<Task> tasks) {
        return (int) tasks.stream()
                .filter(task -> provider.equals(task.capacityProvider()))
                .count();
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

    private static List<Tag> tags(RunTaskRequest request, TaskDefinition definition) {
        List<Tag> own = Requests.tags(request.tags());
        if (!"TASK_DEFINITION".equals(request.propagateTagsAsString())) return own;
        return Tags.merge(definition.tags(), own);
    }
}
