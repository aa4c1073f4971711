package io.staithe.agent.task;

import io.staithe.agent.container.Container;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.TaskReport;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a task at one moment, for itself to read.
 *
 * @param containers with its overrides, in the order of starting
 * @param stopping whether it is to end, or has ended
 * @param report absent until its first turn
 * @param seen by container name; those that are there
 * @param address of its network, if that is its containers' together
 */
public record KnownTask(
        AssignedTask assigned,
        List<ContainerDefinition> containers,
        boolean stopping,
        @Nullable TaskReport report,
        Map<String, Container> seen,
        @Nullable String address) {
    public KnownTask {
        containers = List.copyOf(containers);
        seen = Map.copyOf(seen);
    }
}
