package io.staithe.core.deployment;

import io.staithe.core.job.StandaloneTask;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.PlacementReport;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Tag;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskOverride;
import io.staithe.core.scheduler.Demand;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a deployment's next task. */
public final class Launch {
    private static final PlacementReport DAEMON =
            new PlacementReport("a daemon service has one task on each host that qualifies", 1, List.of(), List.of());

    private Launch() {}

    /** As the deployment would start it now, for the scheduler to place: to ask where it would go. */
    public static Task next(
            Service service,
            Deployment deployment,
            TaskDefinition definition,
            @Nullable String capacityProvider,
            Instant now) {
        return unplaced(service, deployment, definition, null, capacityProvider, now);
    }

    /** A task whose host is given is placed there from the beginning. */
    static Task task(
            Service service,
            Deployment deployment,
            TaskDefinition definition,
            Rollout.Start start,
            @Nullable String capacityProvider,
            Instant now) {
        Task task = unplaced(service, deployment, definition, start.slot(), capacityProvider, now);
        if (start.host() == null) return task;
        return task.but()
                .placed(start.host(), now, DAEMON)
                .lastStatus(LastStatus.PENDING)
                .build();
    }

    /** The task of a hook of the deployment's present stage: it belongs to no service, and gets no traffic. */
    static Task hook(
            Service service,
            Deployment deployment,
            TaskDefinition definition,
            int hook,
            @Nullable String capacityProvider,
            Instant now) {
        TaskId id = id(deployment, deployment.lifecycleStage() + "/" + hook + "/" + deployment.stageAt());
        return new StandaloneTask(
                        service.cluster(),
                        definition,
                        null,
                        "ecs-svc/" + deployment.id(),
                        deployment.revision().launchType(),
                        capacityProvider,
                        TaskOverride.NONE,
                        List.of(),
                        List.of(),
                        null,
                        null,
                        tags(service, definition),
                        null,
                        deployment.traceParent())
                .named(id, now);
    }

    private static Task unplaced(
            Service service,
            Deployment deployment,
            TaskDefinition definition,
            @Nullable Integer slot,
            @Nullable String capacityProvider,
            Instant now) {
        ServiceRevision revision = deployment.revision();
        Service then = service.but()
                .deployment(deployment.id(), revision, service.deployedAt(), service.traceParent())
                .build();
        return Task.unplaced(
                id(deployment, Integer.toString(deployment.launched())),
                service.cluster(),
                definition.id(),
                service.taskGroup(),
                "ecs-svc/" + deployment.id(),
                new Task.DeploymentPlace(service.id(), deployment.id(), slot),
                revision.launchType(),
                capacityProvider,
                TaskOverride.NONE,
                definition.reserved(),
                definition.fixedHostPorts(),
                revision.loadBalancers().stream()
                        .map(mapping -> mapping.on(deployment.alternate()))
                        .toList(),
                Demand.of(then, definition).constraints(),
                revision.placementStrategy(),
                service.placementPolicy(),
                tags(service, definition),
                null,
                deployment.traceParent(),
                null,
                now);
    }

    /** The same for the same deployment and count, whoever plans it and however often: no task is made twice. */
    private static TaskId id(Deployment deployment, String number) {
        return TaskId.from(deployment.incarnation() + "/" + deployment.id() + "/" + number);
    }

    private static List<Tag> tags(Service service, TaskDefinition definition) {
        if ("SERVICE".equals(service.propagateTags())) return service.tags();
        if ("TASK_DEFINITION".equals(service.propagateTags())) return definition.tags();
        return List.of();
    }
}
