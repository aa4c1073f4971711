package io.staithe.server.aws;

import java.util.Set;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;

/**
 * Which lists ECS writes as {@code []} when they are empty, below the top level of a response. Scripts index them without
 * asking; other lists are left out, as ECS does. A handler that sets a list to {@code List.of()} has it written in any case
 * ({@code tags}, when they were asked for).
 */
final class EmptyLists {
    static final Set<String> WRITTEN = Set.of(
            "Cluster.capacityProviders",
            "Cluster.defaultCapacityProviderStrategy",
            "Cluster.settings",
            "Cluster.statistics",
            "Container.networkBindings",
            "Container.networkInterfaces",
            "ContainerDefinition.environment",
            "ContainerDefinition.mountPoints",
            "ContainerDefinition.portMappings",
            "ContainerDefinition.systemControls",
            "ContainerDefinition.volumesFrom",
            "ContainerInstance.attachments",
            "ContainerInstance.attributes",
            "ContainerInstance.registeredResources",
            "ContainerInstance.remainingResources",
            "Deployment.capacityProviderStrategy",
            "Service.deployments",
            "Service.events",
            "Service.loadBalancers",
            "Service.placementConstraints",
            "Service.placementStrategy",
            "Service.serviceRegistries",
            "Task.attachments",
            "Task.attributes",
            "Task.containers",
            "Task.inferenceAccelerators",
            "TaskDefinition.containerDefinitions",
            "TaskDefinition.placementConstraints",
            "TaskDefinition.volumes",
            "TaskOverride.containerOverrides",
            "TaskOverride.inferenceAcceleratorOverrides");

    private EmptyLists() {}

    static boolean written(SdkPojo shape, SdkField<?> list) {
        return WRITTEN.contains(shape.getClass().getSimpleName() + "." + list.locationName());
    }
}
