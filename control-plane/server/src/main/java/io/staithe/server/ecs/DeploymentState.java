package io.staithe.server.ecs;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.DeploymentRequest;
import io.staithe.core.model.DeploymentRequest.Action;
import io.staithe.core.model.Service;
import io.staithe.core.state.ClusterState;
import java.util.Optional;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentStatus;

/** How a deployment stands, in the words that ECS has for service deployments. */
public final class DeploymentState {
    private DeploymentState() {}

    /** A deployment that another one replaced before it was through counts as stopped. */
    public static ServiceDeploymentStatus of(ClusterState state, Deployment deployment) {
        Optional<Service> service = state.service(deployment.service());
        boolean current = service.isPresent() && service.get().deployment().equals(deployment.id());
        return switch (deployment.rolloutState()) {
            case COMPLETED -> ServiceDeploymentStatus.SUCCESSFUL;
            case FAILED -> failed(state, deployment);
            case IN_PROGRESS ->
                current
                        ? asked(service.get(), deployment)
                                .map(DeploymentState::requested)
                                .orElse(ServiceDeploymentStatus.IN_PROGRESS)
                        : ServiceDeploymentStatus.STOPPED;
        };
    }

    /** What was asked of it, while the control loop has not seen to it yet. */
    static Optional<Action> asked(Service service, Deployment deployment) {
        DeploymentRequest request = service.deploymentRequest();
        if (request == null || request.requestedAt().equals(deployment.answeredAt())) return Optional.empty();
        return request.deployment().equals(deployment.id()) ? Optional.of(request.action()) : Optional.empty();
    }

    private static ServiceDeploymentStatus requested(Action action) {
        return switch (action) {
            case ROLLBACK -> ServiceDeploymentStatus.ROLLBACK_REQUESTED;
            case ABORT -> ServiceDeploymentStatus.STOP_REQUESTED;
            case PAUSE, CONTINUE -> ServiceDeploymentStatus.IN_PROGRESS;
        };
    }

    private static ServiceDeploymentStatus failed(ClusterState state, Deployment deployment) {
        Deployment.Rollback rollback = deployment.rollback();
        if (rollback == null) return ServiceDeploymentStatus.STOPPED;
        RolloutState back =
                state.deployment(rollback.to()).map(Deployment::rolloutState).orElse(RolloutState.COMPLETED);
        return switch (back) {
            case COMPLETED -> ServiceDeploymentStatus.ROLLBACK_SUCCESSFUL;
            case IN_PROGRESS -> ServiceDeploymentStatus.ROLLBACK_IN_PROGRESS;
            case FAILED -> ServiceDeploymentStatus.ROLLBACK_FAILED;
        };
    }
}
