package io.staithe.server.ecs;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;
import software.amazon.awssdk.services.ecs.model.ServiceRevisionSummary;

/** A deployment as a thing of its own, as ECS shows it. */
final class ServiceDeploymentView {
    private final ClusterState state;
    private final Service service;
    private final Arns arns;

    ServiceDeploymentView(ClusterState state, Service service, Arns arns) {
        this.state = state;
        this.service = service;
        this.arns = arns;
    }

    ServiceDeploymentBrief brief(Deployment deployment) {
        return Shapes.write(deployment, ServiceDeploymentBrief.builder(), "status")
                .serviceDeploymentArn(arns.serviceDeployment(service.id(), deployment.id()))
                .serviceArn(arns.service(service.id()))
                .clusterArn(arns.cluster(service.cluster()))
                .startedAt(deployment.createdAt())
                .targetServiceRevisionArn(arns.serviceRevision(service.id(), deployment.id()))
                .status(status(deployment))
                .statusReason(deployment.rolloutStateReason())
                .build();
    }

    ServiceDeployment full(Deployment deployment) {
        return Shapes.write(deployment, ServiceDeployment.builder(), "status")
                .serviceDeploymentArn(arns.serviceDeployment(service.id(), deployment.id()))
                .serviceArn(arns.service(service.id()))
                .clusterArn(arns.cluster(service.cluster()))
                .startedAt(deployment.createdAt())
                .sourceServiceRevisions(Deployments.all(state, service).stream()
                        .filter(other -> other.createdAt().isBefore(deployment.createdAt()))
                        .filter(other -> hasTasks(other))
                        .map(this::revision)
                        .toList())
                .targetServiceRevision(revision(deployment))
                .status(status(deployment))
                .statusReason(deployment.rolloutStateReason())
                .deploymentConfiguration(DeploymentConfigurationShape.of(service, arns))
                .deploymentCircuitBreaker(breaker ->
                        breaker.status(breakerStatus(deployment)).failureCount(Counts.failed(tasksOf(deployment))))
                .build();
    }

    /** A deployment that another one replaced before it was through counts as stopped. */
    private ServiceDeploymentStatus status(Deployment deployment) {
        boolean current = deployment.id().equals(service.deployment());
        return switch (deployment.rolloutState()) {
            case COMPLETED -> ServiceDeploymentStatus.SUCCESSFUL;
            case IN_PROGRESS -> current ? ServiceDeploymentStatus.IN_PROGRESS : ServiceDeploymentStatus.STOPPED;
            case FAILED ->
                rollsBack() && !current ? ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL : ServiceDeploymentStatus.STOPPED;
        };
    }

    private boolean rollsBack() {
        var breaker = service.deploymentConfiguration().deploymentCircuitBreaker();
        return breaker != null && breaker.rollback();
    }

    private String breakerStatus(Deployment deployment) {
        var breaker = service.deploymentConfiguration().deploymentCircuitBreaker();
        if (breaker == null || !breaker.enable()) return "DISABLED";
        if (deployment.rolloutState() == RolloutState.FAILED) return "TRIGGERED";
        return deployment.rolloutState() == RolloutState.COMPLETED ? "MONITORING_COMPLETE" : "MONITORING";
    }

    private ServiceRevisionSummary revision(Deployment deployment) {
        List<Task> tasks = tasksOf(deployment);
        return ServiceRevisionSummary.builder()
                .arn(arns.serviceRevision(service.id(), deployment.id()))
                .requestedTaskCount(
                        deployment.id().equals(service.deployment())
                                ? Deployments.desiredCount(state, service)
                                : ServiceView.count(tasks, Task::isActive))
                .runningTaskCount(ServiceView.count(tasks, Counts::running))
                .pendingTaskCount(ServiceView.count(tasks, Counts::pending))
                .build();
    }

    private boolean hasTasks(Deployment deployment) {
        return tasksOf(deployment).stream().anyMatch(task -> !task.isStopped());
    }

    private List<Task> tasksOf(Deployment deployment) {
        return state.tasksOf(service.id())
                .filter(task -> deployment.id().equals(task.deployment()))
                .toList();
    }
}
