package io.staithe.agent.container;

import java.util.Map;
import java.util.TreeMap;

/** The labels by which an agent knows its containers and volumes again. The definition's own cannot replace them. */
public final class Labels {
    private static final String RESERVED = "io.staithe.";

    /** The agent's container instance id. */
    public static final String AGENT = "io.staithe.agent";

    public static final String TASK = "io.staithe.task";
    /** The container's name in the definition, or {@link Container#NETWORK_HOLDER}. */
    public static final String CONTAINER = "io.staithe.container";

    public static final String CLUSTER = "io.staithe.cluster";
    public static final String TASK_DEFINITION = "io.staithe.task-definition";

    private Labels() {}

    public static Map<String, String> of(ContainerSpec spec) {
        Map<String, String> labels = new TreeMap<>(spec.container().dockerLabels());
        labels.keySet().removeIf(name -> name.startsWith(RESERVED));
        labels.putAll(of(spec.task(), spec.container().name()));
        return labels;
    }

    /** Those of a network holder. */
    public static Map<String, String> ofNetworkHolder(TaskSpec task) {
        return of(task, Container.NETWORK_HOLDER);
    }

    private static Map<String, String> of(TaskSpec task, String container) {
        return Map.of(
                AGENT, task.owner().value(),
                TASK, task.task().value(),
                CONTAINER, container,
                CLUSTER, task.cluster(),
                TASK_DEFINITION, task.definition().id().value());
    }
}
