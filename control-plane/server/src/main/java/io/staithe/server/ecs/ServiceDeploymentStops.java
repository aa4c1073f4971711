package io.staithe.server.ecs;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.DeploymentRequest.Action;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.ServiceId;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentResponse;

/** StopServiceDeployment and ContinueServiceDeployment. */
final class ServiceDeploymentStops {
    private final Commits commits;
    private final DeploymentRequests requests;

    ServiceDeploymentStops(Commits commits) {
        this.commits = commits;
        this.requests = new DeploymentRequests(commits);
    }

    /** ECS rolls back where nothing is said. */
    StopServiceDeploymentResponse stop(StopServiceDeploymentRequest request, Caller caller) {
        String type = request.stopTypeAsString();
        if (type != null && !type.equals("ABORT") && !type.equals("ROLLBACK"))
            throw new Invalid("stopType", "must be ABORT or ROLLBACK");
        Action action = "ABORT".equals(type) ? Action.ABORT : Action.ROLLBACK;
        return ask(request.serviceDeploymentArn(), action, caller);
    }

    /** A deployment that waits at a hook is told how to go on. */
    StopServiceDeploymentResponse goOn(ContinueServiceDeploymentRequest request, Caller caller) {
        String asked = request.action();
        if (asked != null && !asked.equals("CONTINUE") && !asked.equals("ROLLBACK"))
            throw new Invalid("action", "must be CONTINUE or ROLLBACK");
        String hook = Requests.required(request.hookId(), "HookId");
        DeploymentId number =
                new DeploymentId(path(request.serviceDeploymentArn()).get(2));
        boolean waits = commits.state().deployment(number).stream()
                .flatMap(deployment -> waitingHooks(deployment).stream())
                .anyMatch(hook::equals);
        if (!waits) throw ApiError.invalidParameter("The deployment does not wait at the hook " + hook + ".");
        return ask(
                request.serviceDeploymentArn(), "ROLLBACK".equals(asked) ? Action.ROLLBACK : Action.CONTINUE, caller);
    }

    /** The ids of the hooks that wait for an answer: stage and position in the deployment configuration. */
    static List<String> waitingHooks(Deployment deployment) {
        return deployment.hooks().stream()
                .filter(hook -> hook.answer() == null && hook.task() == null)
                .map(hook -> deployment.lifecycleStage() + "-" + hook.hook())
                .toList();
    }

    private StopServiceDeploymentResponse ask(@Nullable String arn, Action action, Caller caller) {
        List<String> path = path(arn);
        requests.ask(new ServiceId(path.get(0), path.get(1)), new DeploymentId(path.get(2)), action, caller);
        return StopServiceDeploymentResponse.builder().serviceDeploymentArn(arn).build();
    }

    private static List<String> path(@Nullable String arn) {
        return Names.serviceDeployment(Requests.required(arn, "ServiceDeploymentArn"));
    }
}
