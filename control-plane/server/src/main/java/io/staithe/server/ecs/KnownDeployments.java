package io.staithe.server.ecs;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.ClusterState;
import io.staithe.server.ecs.PastDeployments.PastDeployment;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All deployments of a service that anybody still knows of: the store's own as they are now, older ones out of history.
 * Those of a deleted service of the same name are among them.
 */
public final class KnownDeployments {
    /** How far back one answer reaches. */
    public static final int MAX_PER_SERVICE = 500;

    private final PastDeployments past;

    public KnownDeployments(PastDeployments past) {
        this.past = past;
    }

    /** Newest first. */
    public List<PastDeployment> of(ClusterState state, ServiceId service) {
        Map<DeploymentId, PastDeployment> known = new HashMap<>();
        past.ofService(service, MAX_PER_SERVICE)
                .forEach(old -> known.put(old.deployment().id(), old));
        state.deploymentsOf(service).forEach(stored -> put(known, state, stored));
        state.service(service)
                .ifPresent(there -> Deployments.all(state, there).forEach(stored -> put(known, state, stored)));
        return known.values().stream()
                .sorted(Comparator.comparing(
                                (PastDeployment item) -> item.deployment().createdAt())
                        .thenComparing(item -> item.deployment().id())
                        .reversed())
                .limit(MAX_PER_SERVICE)
                .toList();
    }

    /** One of them; the database is asked only when the store does not have it. */
    Optional<PastDeployment> find(ClusterState state, ServiceId service, DeploymentId number) {
        Optional<PastDeployment> stored = state.deployment(number)
                .filter(deployment -> deployment.service().equals(service))
                .map(deployment -> of(state, deployment, null));
        return stored.isPresent()
                ? stored
                : of(state, service).stream()
                        .filter(item -> item.deployment().id().equals(number))
                        .findFirst();
    }

    private static void put(Map<DeploymentId, PastDeployment> known, ClusterState state, Deployment stored) {
        PastDeployment old = known.get(stored.id());
        known.put(stored.id(), of(state, stored, old == null ? null : old.taskDefinition()));
    }

    private static PastDeployment of(ClusterState state, Deployment stored, @Nullable TaskDefinition remembered) {
        return new PastDeployment(
                stored, state.taskDefinition(stored.revision().taskDefinition()).orElse(remembered));
    }
}
