package io.staithe.server.ecs;

import io.staithe.core.model.CircuitBreaker;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.DeploymentAlarms;
import io.staithe.core.model.DeploymentFailure.Cause;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.Rollback;
import software.amazon.awssdk.services.ecs.model.ServiceDeployment;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentAlarms;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentCircuitBreaker;
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
                .status(DeploymentState.of(state, deployment))
                .statusReason(deployment.rolloutStateReason())
                .build();
    }

    ServiceDeployment full(Deployment deployment) {
        return Shapes.write(deployment, ServiceDeployment.builder(), "status", "rollback")
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
                .status(DeploymentState.of(state, deployment))
                .statusReason(deployment.rolloutStateReason())
                .deploymentConfiguration(DeploymentConfigurationShape.of(service, arns))
                .deploymentCircuitBreaker(breaker(deployment))
                .rollback(rollback(deployment, arns))
                .alarms(alarms(deployment))
                .stoppedAt(
                        deployment.rolloutState() == RolloutState.FAILED && deployment.rollback() == null
                                ? deployment.finishedAt()
                                : null)
                .build();
    }

    private static @Nullable Rollback rollback(Deployment deployment, Arns arns) {
        Deployment.Rollback rollback = deployment.rollback();
        return rollback == null
                ? null
                : Rollback.builder()
                        .reason(rollback.reason())
                        .startedAt(rollback.startedAt())
                        .serviceRevisionArn(arns.serviceRevision(deployment.service(), rollback.to()))
                        .build();
    }

    private ServiceDeploymentCircuitBreaker breaker(Deployment deployment) {
        CircuitBreaker breaker = service.deploymentConfiguration().deploymentCircuitBreaker();
        if (breaker == null || !breaker.enable())
            return ServiceDeploymentCircuitBreaker.builder().status("DISABLED").build();
        int threshold = breaker.threshold(Deployments.desiredCount(state, service));
        return ServiceDeploymentCircuitBreaker.builder()
                .status(hasEnded(deployment, Cause.CIRCUIT_BREAKER) ? "TRIGGERED" : monitoring(deployment))
                .failureCount(deployment.failedTasks())
                .threshold(threshold)
                .build();
    }

    private @Nullable ServiceDeploymentAlarms alarms(Deployment deployment) {
        DeploymentAlarms alarms = service.deploymentConfiguration().alarms();
        if (alarms == null || !alarms.enable()) return null;
        boolean triggered = hasEnded(deployment, Cause.ALARM);
        return ServiceDeploymentAlarms.builder()
                .status(triggered ? "TRIGGERED" : monitoring(deployment))
                .alarmNames(alarms.alarmNames())
                .triggeredAlarmNames(
                        deployment.failure() == null
                                ? List.of()
                                : deployment.failure().alarms())
                .build();
    }

    private static boolean hasEnded(Deployment deployment, Cause cause) {
        return deployment.failure() != null && deployment.failure().cause() == cause;
    }

    private static String monitoring(Deployment deployment) {
        return deployment.isInProgress() ? "MONITORING" : "MONITORING_COMPLETE";
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
                .requestedProductionTrafficWeight(shiftsTraffic() ? deployment.weight() / 10.0 : null)
                .build();
    }

    private boolean shiftsTraffic() {
        return service.revision().loadBalancers().stream().anyMatch(mapping -> mapping.advancedConfiguration() != null);
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
