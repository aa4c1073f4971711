package io.staithe.core.job;

import io.staithe.core.model.Invalid;
import io.staithe.core.model.JobPolicy;
import io.staithe.core.model.JobRun;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Tag;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskOverride;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of tasks that belong to no service: by RunTask, and by schedules.
 *
 * @param group absent: that of the family
 * @param capacityProvider whose hosts alone will do; absent: any but those of Fargate mode
 * @param constraints beside those of the definition
 * @param job absent: nobody waits for more than the task's start
 */
public record StandaloneTask(
        String cluster,
        TaskDefinition definition,
        @Nullable String group,
        @Nullable String startedBy,
        @Nullable String launchType,
        @Nullable String capacityProvider,
        TaskOverride overrides,
        List<PlacementConstraint> constraints,
        List<PlacementStrategy> strategy,
        @Nullable PlacementPolicy policy,
        @Nullable JobPolicy job,
        List<Tag> tags,
        @Nullable String clientToken,
        @Nullable String traceParent) {

    /**
     * A task that waits for a host, the first of its job where there is one.
     *
     * @throws Invalid for overrides of containers that the definition has not
     */
    public Task named(TaskId id, Instant now) {
        return Task.unplaced(
                id,
                cluster,
                definition.id(),
                group == null ? "family:" + definition.family() : group,
                startedBy,
                null,
                launchType,
                capacityProvider,
                overrides,
                overrides.reserved(definition),
                definition.fixedHostPorts(),
                List.of(),
                Stream.concat(constraints.stream(), definition.placementConstraints().stream())
                        .toList(),
                strategy,
                policy,
                tags,
                clientToken,
                traceParent,
                job == null ? null : new JobRun(id, 1),
                now);
    }
}
