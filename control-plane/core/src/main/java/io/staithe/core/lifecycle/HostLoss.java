package io.staithe.core.lifecycle;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a host may be out of reach before its tasks are replaced. */
public final class HostLoss {
    /** Unless the service says otherwise. Long enough for a control plane, an agent or a network to come back. */
    public static final Duration DEFAULT_TOLERANCE = Duration.ofSeconds(30);

    private HostLoss() {}

    /** When a placed task counts as lost with its host; in the past when it already is; empty while the host is there. */
    public static Optional<Instant> lostAt(ClusterState state, Task task) {
        if (task.instance() == null) return Optional.empty();
        ContainerInstance host = state.instance(task.instance()).orElse(null);
        if (host == null || host.status() == ContainerInstance.Status.INACTIVE) return Optional.of(Instant.EPOCH);
        if (host.disconnectedSince() == null) return Optional.empty();
        return Optional.of(host.disconnectedSince().plus(tolerance(state, task)));
    }

    private static Duration tolerance(ClusterState state, Task task) {
        if (task.service() == null) return DEFAULT_TOLERANCE;
        return state.service(task.service())
                .map(Service::lostAfterSeconds)
                .map(Duration::ofSeconds)
                .orElse(DEFAULT_TOLERANCE);
    }
}
