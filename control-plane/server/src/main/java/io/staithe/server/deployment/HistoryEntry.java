package io.staithe.server.deployment;

import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.Deployment;
import io.staithe.core.state.ClusterState;
import io.staithe.server.ecs.DeploymentState;
import io.staithe.server.ecs.PastDeployments.PastDeployment;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One deployment of a service's history.
 *
 * @param number of the deployment and of the revision that it rolled out
 * @param state as ECS names it for service deployments
 * @param why it ended, or what it is doing
 * @param by who asked for it; absent: it was before that was kept
 */
public record HistoryEntry(
        String number,
        Instant at,
        @Nullable Instant finishedAt,
        String taskDefinition,
        List<String> images,
        String state,
        String why,
        @Nullable String by) {
    static HistoryEntry of(ClusterState state, PastDeployment known) {
        Deployment deployment = known.deployment();
        return new HistoryEntry(
                deployment.id().value(),
                deployment.createdAt(),
                deployment.finishedAt(),
                deployment.revision().taskDefinition().value(),
                known.taskDefinition() == null
                        ? List.of()
                        : known.taskDefinition().containerDefinitions().stream()
                                .map(ContainerDefinition::image)
                                .distinct()
                                .toList(),
                DeploymentState.of(state, deployment).toString(),
                why(state, deployment),
                deployment.createdBy());
    }

    private static String why(ClusterState state, Deployment deployment) {
        Deployment.Rollback rollback = deployment.rollback();
        if (rollback != null) return rollback.reason() + "; rolled back to " + rollback.to();
        boolean replaced = deployment.isInProgress()
                && state.service(deployment.service())
                        .filter(service -> service.deployment().equals(deployment.id()))
                        .isEmpty();
        return replaced ? "replaced before it was through" : deployment.rolloutStateReason();
    }
}
