package io.staithe.server.ecs;

import io.staithe.core.model.FargateLimits;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Kind;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.NetworkMode;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;

/**
 * What RegisterTaskDefinition is asked to register, with the defaults written out that ECS writes out when it echoes a
 * definition; Terraform's provider expects those and no other.
 */
public final class TaskDefinitionReading {
    private TaskDefinitionReading() {}

    /**
     * @param state says whether Fargate mode takes any size
     * @param registeredBy the ARN of who registers it
     */
    public static TaskDefinition read(
            ClusterState state,
            RegisterTaskDefinitionRequest request,
            int revision,
            @Nullable String registeredBy,
            Instant now) {
        RegisterTaskDefinitionRequest full = request.toBuilder()
                .containerDefinitions(withDefaults(request.containerDefinitions(), request.networkMode()))
                .build();
        TaskDefinition definition = Shapes.reading(full)
                .with("revision", revision)
                .with("status", TaskDefinition.Status.ACTIVE)
                .with("cpu", Quantities.cpu(request.cpu()))
                .with("memory", Quantities.memory(request.memory()))
                .with("registeredAt", now)
                .with("registeredBy", registeredBy)
                .as(TaskDefinition.class);
        FargateLimits.check(definition, takesAnySize(state));
        ServiceRules.checkExpressions(definition.placementConstraints());
        return definition;
    }

    /** A definition is for every cluster: one with hosts of any size is enough. */
    private static boolean takesAnySize(ClusterState state) {
        return state.all(Kind.HOST_GROUP, HostGroup.class).anyMatch(HostGroup::anySize);
    }

    /** Whether both are the same but for their numbers, times, statuses and tags. */
    public static boolean areAlike(TaskDefinition one, TaskDefinition other) {
        return content(one).equals(content(other));
    }

    private static TaskDefinition content(TaskDefinition definition) {
        return Shapes.copy(definition)
                .with("revision", 1)
                .with("status", TaskDefinition.Status.ACTIVE)
                .with("tags", List.of())
                .with("registeredAt", null)
                .with("registeredBy", null)
                .with("deregisteredAt", null)
                .make();
    }

    private static List<ContainerDefinition> withDefaults(
            List<ContainerDefinition> containers, @Nullable NetworkMode networkMode) {
        for (int i = 0; i < containers.size(); i++)
            if (containers.get(i) == null) throw new Invalid("containerDefinitions[" + i + "]", "must not be null");
        return containers.stream()
                .map(container -> withDefaults(container, networkMode))
                .toList();
    }

    private static ContainerDefinition withDefaults(ContainerDefinition container, @Nullable NetworkMode networkMode) {
        ContainerDefinition.Builder full = container.toBuilder();
        if (container.cpu() == null) full.cpu(0);
        if (container.essential() == null) full.essential(true);
        boolean allPortsAreThere = container.portMappings().stream().noneMatch(mapping -> mapping == null);
        if (container.hasPortMappings() && allPortsAreThere)
            full.portMappings(container.portMappings().stream()
                    .map(mapping -> withDefaults(mapping, networkMode))
                    .toList());
        return full.build();
    }

    private static PortMapping withDefaults(PortMapping mapping, @Nullable NetworkMode networkMode) {
        PortMapping.Builder full = mapping.toBuilder();
        if (mapping.protocol() == null) full.protocol("tcp");
        boolean ownPorts = networkMode == NetworkMode.AWSVPC || networkMode == NetworkMode.HOST;
        if (mapping.hostPort() == null && mapping.containerPort() != null)
            full.hostPort(ownPorts ? mapping.containerPort() : Integer.valueOf(0));
        return full.build();
    }
}
