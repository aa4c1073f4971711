package io.staithe.server.deployment;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.DeploymentRequest.Action;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.state.ClusterState;
import io.staithe.server.apply.Rendering;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Commits;
import io.staithe.server.ecs.DeploymentRequests;
import io.staithe.server.ecs.Ids;
import io.staithe.server.ecs.KnownDeployments;
import java.util.List;
import java.util.Map;

/**
 * Deployments for people, under {@code /staithe/v1}. Answers are trees of maps, lists, texts and numbers without what is
 * absent. Every method may throw {@link ApiError} and {@link io.staithe.core.model.Invalid}.
 */
public final class DeploymentApi {
    private final Commits commits;
    private final KnownDeployments known;
    private final Ids ids;
    private final DeploymentRequests requests;
    private final Reverting reverting;

    public DeploymentApi(Commits commits, KnownDeployments known, Ids ids) {
        this.commits = commits;
        this.known = known;
        this.ids = ids;
        requests = new DeploymentRequests(commits);
        reverting = new Reverting(commits);
    }

    /** What a service's deployment has done and does. */
    public Map<String, Object> progress(ServiceId id, Caller caller) {
        ClusterState state = commits.state();
        Service service = state.service(id).orElseThrow(ApiError::serviceNotFound);
        return Rendering.of(DeploymentProgress.of(state, service, caller.now()));
    }

    /** A service's deployments, newest first, also of one that was deleted. */
    public List<Map<String, Object>> history(ServiceId id) {
        ClusterState state = commits.state();
        List<Map<String, Object>> entries = known.of(state, id).stream()
                .map(deployment -> Rendering.of(HistoryEntry.of(state, deployment)))
                .toList();
        if (entries.isEmpty()) throw ApiError.serviceNotFound();
        return entries;
    }

    /** @param from and {@code to}: names that {@link RevisionNames} knows */
    public Map<String, Object> difference(ServiceId id, String from, String to) {
        RevisionNames names = new RevisionNames(commits.state(), id, known);
        return Rendering.of(RevisionDifference.between(names.find(from), names.find(to)));
    }

    /** Pauses, continues, rolls back or stops the present deployment; answers with its number. */
    public Map<String, Object> ask(ServiceId id, Action action, Caller caller) {
        return numbered(requests.ask(id, null, action, caller));
    }

    /** Deploys an earlier revision again; answers with the number of the new deployment. */
    public Map<String, Object> revert(ServiceId id, String to, Caller caller) {
        DeploymentId number = new DeploymentId(ids.number());
        return numbered(reverting.revert(id, state -> revision(state, id, to), number, caller));
    }

    private io.staithe.core.model.ServiceRevision revision(ClusterState state, ServiceId id, String name) {
        Deployment found = new RevisionNames(state, id, known).find(name).deployment();
        return found.revision();
    }

    private static Map<String, Object> numbered(DeploymentId number) {
        return Map.of("number", number.value());
    }
}
