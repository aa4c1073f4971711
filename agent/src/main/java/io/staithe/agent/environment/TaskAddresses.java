package io.staithe.agent.environment;

import io.staithe.agent.container.TaskSpec;
import java.util.Map;

/** The variables that tell a container where it finds the agent; they win over all others, as in ECS. */
public interface TaskAddresses {
    TaskAddresses NONE = (task, container) -> Map.of();

    Map<String, String> of(TaskSpec task, String container);
}
