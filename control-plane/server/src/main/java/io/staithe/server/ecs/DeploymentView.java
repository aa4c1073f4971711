package io.staithe.server.ecs;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentConfiguration.CircuitBreaker;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;

/** A deployment as a service shows it, and a service's deployment configuration with ECS's defaults in it. */
final class DeploymentView {
    private DeploymentView() {}

    static software.amazon.awssdk.services.ecs.model.Deployment of(
            Deployment deployment, List<Task> tasksOfService, Arns arns) {
        List<Task> tasks = tasksOfService.stream()
                .filter(task -> deployment.id().equals(task.deployment()))
                .toList();
        ServiceRevision revision = deployment.revision();
        boolean fargate = "FARGATE".equals(revision.launchType());
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
                .failedTasks(Counts.failed(tasks))
                .networkConfiguration(ServiceView.network(revision.networkConfiguration()))
                .platformVersion(fargate ? ServiceView.platform(revision) : null)
                .platformFamily(fargate ? "Linux" : null)
                .build();
    }

    static DeploymentConfiguration configuration(Service service) {
        var configuration = service.deploymentConfiguration();
        boolean daemon = service.isDaemon();
        @Nullable CircuitBreaker breaker = configuration.deploymentCircuitBreaker();
        return DeploymentConfiguration.builder()
                .minimumHealthyPercent(orElse(configuration.minimumHealthyPercent(), daemon ? 0 : 100))
                .maximumPercent(orElse(configuration.maximumPercent(), daemon ? 100 : 200))
                .deploymentCircuitBreaker(view -> view.enable(breaker != null && breaker.enable())
                        .rollback(breaker != null && breaker.rollback()))
                .strategy(configuration.strategy() == null ? "ROLLING" : configuration.strategy())
                .build();
    }

    private static Integer orElse(@Nullable Integer value, int otherwise) {
        return value == null ? Integer.valueOf(otherwise) : value;
    }
}
