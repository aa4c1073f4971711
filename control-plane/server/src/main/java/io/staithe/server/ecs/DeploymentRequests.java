package io.staithe.server.ecs;

import io.staithe.core.deployment.Standing;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.DeploymentRequest;
import io.staithe.core.model.DeploymentRequest.Action;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Commits.Decision;
import org.jspecify.annotations.Nullable;

/** Asks the control loop to stop, hold, continue or roll back a deployment. What makes no sense now is refused at once. */
public final class DeploymentRequests {
    private final Commits commits;

    public DeploymentRequests(Commits commits) {
        this.commits = commits;
    }

    /**
     * Asks for it; the loop sees to it in a moment.
     *
     * @param number the deployment that is meant; absent: the service's present one
     * @return the deployment that is asked
     * @throws ApiError ConflictException when it is in no state for that
     */
    public DeploymentId ask(ServiceId id, @Nullable DeploymentId number, Action action, Caller caller) {
        return commits.commit(state -> decide(state, id, number, action, caller));
    }

    private static Decision<DeploymentId> decide(
            ClusterState state, ServiceId id, @Nullable DeploymentId number, Action action, Caller caller) {
        Service service = state.service(id).orElseThrow(ApiError::serviceNotFound);
        if (service.status() != Service.Status.ACTIVE) throw ApiError.serviceNotActive();
        Deployment deployment = meant(state, service, number);
        if (DeploymentState.asked(service, deployment).filter(action::equals).isPresent())
            return Decision.already(later -> deployment.id());
        boolean held = !Standing.of(state, service, caller.now()).held().isEmpty();
        check(deployment, action, held);
        Service asked = service.but()
                .deploymentRequest(new DeploymentRequest(deployment.id(), action, caller.now()))
                .build();
        return new Decision<>(Plan.of(Change.put(asked, state.revisionOf(asked.key()))), later -> deployment.id());
    }

    private static Deployment meant(ClusterState state, Service service, @Nullable DeploymentId number) {
        DeploymentId meant = number == null ? service.deployment() : number;
        Deployment deployment = Deployments.all(state, service).stream()
                .filter(known -> known.id().equals(meant))
                .findFirst()
                .orElseThrow(ApiError::serviceDeploymentNotFound);
        if (!meant.equals(service.deployment()))
            throw ApiError.conflict("The deployment " + meant + " was replaced by " + service.deployment() + ".");
        return deployment;
    }

    /** @param held whether places of it wait because their tasks failed */
    private static void check(Deployment deployment, Action action, boolean held) {
        boolean failed = deployment.rolloutState() == RolloutState.FAILED;
        if (action == Action.CONTINUE && (failed || held)) return;
        if (!deployment.isInProgress())
            throw ApiError.conflict("The deployment " + deployment.id() + " is not in progress: it has "
                    + (failed ? "failed." : "completed."));
        if (action == Action.PAUSE && deployment.paused())
            throw ApiError.conflict("The deployment " + deployment.id() + " is paused already.");
        boolean waits = deployment.paused()
                || deployment.hooks().stream().anyMatch(hook -> hook.answer() == null && hook.task() == null);
        if (action == Action.CONTINUE && !waits)
            throw ApiError.conflict("The deployment " + deployment.id() + " is not paused.");
    }
}
