package io.staithe.core.deployment;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.DesiredStatus;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Tag;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskOverride;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Makes a deployment's next task. */
final class Launch {
    private Launch() {}

    static Task task(Service service, Deployment deployment, TaskDefinition definition, int slot, Instant now) {
        ServiceRevision revision = deployment.revision();
        List<PlacementConstraint> constraints = Stream.concat(
                        revision.placementConstraints().stream(), definition.placementConstraints().stream())
                .toList();
        return new Task(
                id(deployment),
                service.cluster(),
                definition.id(),
                service.taskGroup(),
                "ecs-svc/" + deployment.id(),
                service.id(),
                deployment.id(),
                slot,
                revision.launchType(),
                TaskOverride.NONE,
                definition.reserved(),
                definition.fixedHostPorts(),
                revision.loadBalancers(),
                constraints,
                revision.placementStrategy(),
                service.placementPolicy(),
                null,
                LastStatus.PROVISIONING,
                DesiredStatus.RUNNING,
                now,
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
                tags(service, definition),
                null,
                deployment.traceParent());
    }

    /** The same for the same deployment and count, whoever plans it and however often: no task is made twice. */
    private static TaskId id(Deployment deployment) {
        String source = deployment.incarnation() + "/" + deployment.id() + "/" + deployment.launched();
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return new TaskId(HexFormat.of().formatHex(hash, 0, 16));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static List<Tag> tags(Service service, TaskDefinition definition) {
        if ("SERVICE".equals(service.propagateTags())) return service.tags();
        if ("TASK_DEFINITION".equals(service.propagateTags())) return definition.tags();
        return List.of();
    }
}
