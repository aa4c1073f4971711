package io.staithe.server.ecs;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import java.util.List;

/** A deployment as a service shows it. */
final class DeploymentView {
    private DeploymentView() {}

    static software.amazon.awssdk.services.ecs.model.Deployment of(
            Deployment deployment, List<Task> tasksOfService, Arns arns) {
        List<Task> tasks = tasksOfService.stream()
                .filter(task -> deployment.id().equals(task.deployment()))
                .toList();
        ServiceRevision revision = deployment.revision();
        return Shapes.write(
                        deployment,
                        software.amazon.awssdk.services.ecs.model.Deployment.builder()
                                .launchType(ServiceView.launchType(revision))
                                .capacityProviderStrategy(Shapes.writeList(
                                        revision.capacityProviderStrategy(),
                                        software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem
                                                ::builder)))
                .id("ecs-svc/" + deployment.id())
                .taskDefinition(arns.taskDefinition(revision.taskDefinition()))
                .runningCount(ServiceView.count(tasks, Counts::running))
                .pendingCount(ServiceView.count(tasks, Counts::pending))
                .networkConfiguration(ServiceView.network(revision.networkConfiguration()))
                .platformVersion(FargatePlatform.resolved(revision))
                .platformFamily(FargatePlatform.family(revision))
                .build();
    }
}
