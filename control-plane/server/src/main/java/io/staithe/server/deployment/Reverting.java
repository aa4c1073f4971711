package io.staithe.server.deployment;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.Key;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Commits;
import io.staithe.server.ecs.Commits.Decision;
import io.staithe.server.ecs.ServiceRules;
import io.staithe.server.ecs.TaskDefinitions;
import java.util.function.Function;

/** Deploys an earlier revision of a service again. It is an update like any other: a new deployment, by its own rules. */
final class Reverting {
    private final Commits commits;

    Reverting(Commits commits) {
        this.commits = commits;
    }

    /**
     * @param wanted finds the revision, on the state that it is to come back in
     * @param number of the deployment to make
     * @throws ApiError when what the revision refers to is gone; it names that
     */
    DeploymentId revert(
            ServiceId id, Function<ClusterState, ServiceRevision> wanted, DeploymentId number, Caller caller) {
        return commits.commit(state -> {
            Service service = state.service(id).orElseThrow(ApiError::serviceNotFound);
            if (service.status() != Service.Status.ACTIVE) throw ApiError.serviceNotActive();
            if (service.deployment().equals(number)) return Decision.already(later -> number);
            ServiceRevision revision = wanted.apply(state);
            if (revision.equals(present(state, service)))
                throw ApiError.conflict("The service has this revision: there is nothing to go back to.");
            Service next = service.but()
                    .deployment(number, revision, caller.now(), caller.traceparent())
                    .deployedBy(TaskDefinitions.principalArn(caller))
                    .build();
            return new Decision<>(write(state, next), later -> number);
        });
    }

    /** With the images that it has settled on: going back to others that the same tags stood for is something to do. */
    private static ServiceRevision present(ClusterState state, Service service) {
        return state.deployment(service.deployment()).map(Deployment::revision).orElse(service.revision());
    }

    private static Plan write(ClusterState state, Service next) {
        Plan.Builder plan = new Plan.Builder().add(Change.put(next, state.revisionOf(next.key())));
        for (Key key : ServiceRules.references(next.cluster(), next.revision())) {
            if (state.get(key).isEmpty())
                throw ApiError.resourceNotFound(
                        "the revision needs " + key.path().substring(1)
                                + ", which is not there any more: make it again, or choose another revision");
            plan.guard(state, key);
        }
        return plan.build();
    }
}
