package io.staithe.agent.endpoint;

import io.staithe.agent.container.TaskSpec;
import io.staithe.agent.environment.TaskAddresses;
import io.staithe.core.model.NetworkMode;
import java.util.Map;

/** Where each container finds this host's endpoint. */
public final class ContainerAddresses implements TaskAddresses {
    private final String root;
    private final EndpointIds ids;

    /** @param root such as {@code http://172.17.0.1:7480} */
    public ContainerAddresses(String root, EndpointIds ids) {
        this.root = root;
        this.ids = ids;
    }

    /** None for those without a network. */
    @Override
    public Map<String, String> of(TaskSpec task, String container) {
        boolean isCutOff = task.definition().containerDefinitions().stream()
                .anyMatch(one -> one.name().equals(container) && Boolean.TRUE.equals(one.disableNetworking()));
        if (isCutOff || task.definition().networkModeOrDefault() == NetworkMode.NONE) return Map.of();
        String id = ids.of(task.task(), container);
        return Map.of("ECS_CONTAINER_METADATA_URI_V4", root + "/v4/" + id, "ECS_AGENT_URI", root + "/api/" + id);
    }
}
