package io.staithe.core.assignment;

import io.staithe.core.model.DesiredStatus;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskOverride;
import org.jspecify.annotations.Nullable;

/**
 * A task as its host needs to know it.
 *
 * @param definition with the images that its deployment has settled on
 * @param launched the host has reported on it before, so it must not be started anew: if the host knows nothing of it any
 *     more, the task has ended
 * @param desiredStatus STOPPED only when the containers are to be stopped now: its targets have left the load balancer
 */
public record AssignedTask(
        TaskId task,
        String cluster,
        String group,
        @Nullable ServiceId service,
        TaskDefinition definition,
        TaskOverride overrides,
        DesiredStatus desiredStatus,
        boolean launched,
        @Nullable String traceParent) {}
