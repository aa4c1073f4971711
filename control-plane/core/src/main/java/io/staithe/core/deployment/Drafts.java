package io.staithe.core.deployment;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.Service;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The deployments of one service's present incarnation while a step is planned: as they are stored, changed bit by bit. */
final class Drafts {
    private final Map<DeploymentId, Deployment> stored = new TreeMap<>();
    private final Map<DeploymentId, Deployment> drafts;

    Drafts(ClusterState state, Service service) {
        state.deploymentsOf(service.id())
                .filter(deployment -> deployment.incarnation().equals(service.incarnation()))
                .forEach(deployment -> stored.put(deployment.id(), deployment));
        drafts = new TreeMap<>(stored);
    }

    Optional<Deployment> get(DeploymentId id) {
        return Optional.ofNullable(drafts.get(id));
    }

    boolean isStored(DeploymentId id) {
        return stored.containsKey(id);
    }

    Stream<Deployment> all() {
        return drafts.values().stream();
    }

    Stream<Deployment> others(DeploymentId than) {
        return all().filter(deployment -> !deployment.id().equals(than));
    }

    void put(Deployment deployment) {
        drafts.put(deployment.id(), deployment);
    }

    /** Writes what is new or other than before. */
    void write(Plan.Builder plan, ClusterState state, Instant now) {
        drafts.forEach((id, draft) -> {
            if (!stored.containsKey(id)) plan.create(draft);
            else if (!draft.equals(stored.get(id)))
                plan.update(state, draft.but().updatedAt(now).build());
        });
    }
}
