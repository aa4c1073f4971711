package io.staithe.server.deployment;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.ApiError;
import io.staithe.server.ecs.KnownDeployments;
import io.staithe.server.ecs.PastDeployments.PastDeployment;
import java.util.List;
import java.util.Optional;

/**
 * What people call a service revision: its number, the beginning of its number, {@code current}, or {@code previous}, which
 * is the last one before the current that was deployed to its end.
 */
final class RevisionNames {
    private final ServiceId service;
    private final Optional<Service> present;
    private final List<PastDeployment> known;

    RevisionNames(ClusterState state, ServiceId service, KnownDeployments deployments) {
        this.service = service;
        this.present = state.service(service);
        this.known = deployments.of(state, service);
        if (known.isEmpty()) throw ApiError.serviceNotFound();
    }

    PastDeployment find(String name) {
        return switch (name) {
            case "current" -> current().orElseThrow(() -> ApiError.resourceNotFound("the service was deleted"));
            case "previous" ->
                known.stream()
                        .filter(item -> !isCurrent(item))
                        .filter(item -> item.deployment().rolloutState() == Deployment.RolloutState.COMPLETED)
                        .findFirst()
                        .orElseThrow(() ->
                                ApiError.resourceNotFound(service + " has no earlier revision that was deployed"));
            default -> numbered(name);
        };
    }

    private PastDeployment numbered(String name) {
        List<PastDeployment> fitting = known.stream()
                .filter(item -> item.deployment().id().value().startsWith(name))
                .limit(2)
                .toList();
        if (fitting.isEmpty())
            throw ApiError.resourceNotFound(
                    "no revision of " + service + " is named " + name + "; staithe history lists them");
        if (fitting.size() > 1)
            throw ApiError.invalidParameter("several revisions of " + service + " begin with " + name);
        return fitting.get(0);
    }

    private Optional<PastDeployment> current() {
        return known.stream().filter(this::isCurrent).findFirst();
    }

    private boolean isCurrent(PastDeployment item) {
        return present.filter(
                        there -> there.deployment().equals(item.deployment().id()))
                .isPresent();
    }
}
