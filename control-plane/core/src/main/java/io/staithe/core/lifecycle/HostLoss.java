package io.staithe.core.lifecycle;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Leader;
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

    /**
     * Of a daemon service's task that runs: nobody replaces it elsewhere, so a host that comes back keeps it. As long as the
     * host itself is remembered.
     */
    public static final Duration DAEMON_TOLERANCE = Duration.ofHours(24);

    /** After a change of leader. Longer than an agent's longest pause between two attempts to connect. */
    public static final Duration RECONNECT_GRACE = Duration.ofSeconds(60);

    private HostLoss() {}

    /** When a placed task counts as lost with its host; in the past when it already is; empty while the host is there. */
    public static Optional<Instant> lostAt(ClusterState state, Task task) {
        if (task.instance() == null) return Optional.empty();
        ContainerInstance host = state.instance(task.instance()).orElse(null);
        if (host == null || host.status() == ContainerInstance.Status.INACTIVE) return Optional.of(Instant.EPOCH);
        if (state.session(host.id()).isPresent()) return Optional.empty();
        return lostAt(state, host, tolerance(state, task));
    }

    /**
     * When a host that is out of reach is out of reach for too long; empty while it is there. Nobody is lost by our own
     * outage: after a new leader has begun, every host has the time to come back.
     */
    public static Optional<Instant> lostAt(ClusterState state, ContainerInstance host, Duration tolerance) {
        if (host.disconnectedSince() == null) return Optional.empty();
        Instant lostAt = host.disconnectedSince().plus(tolerance);
        Instant backBy = state.get(Leader.KEY, Leader.class)
                .map(leader -> leader.since().plus(RECONNECT_GRACE))
                .orElse(lostAt);
        return Optional.of(lostAt.isBefore(backBy) ? backBy : lostAt);
    }

    /** Whether nothing is expected of the host any more. */
    static boolean isLost(ClusterState state, ContainerInstance host, Instant now) {
        return switch (host.status()) {
            case LOST, INACTIVE -> true;
            case ACTIVE -> false;
            case DRAINING ->
                drainingLostAt(state, host).filter(at -> !now.isBefore(at)).isPresent();
        };
    }

    /** A draining host stays DRAINING out of reach, so that it still drains when it returns: only time makes it lost. */
    static Optional<Instant> drainingLostAt(ClusterState state, ContainerInstance host) {
        return host.status() == ContainerInstance.Status.DRAINING
                ? lostAt(state, host, DEFAULT_TOLERANCE)
                : Optional.empty();
    }

    private static Duration tolerance(ClusterState state, Task task) {
        if (task.service() == null) return DEFAULT_TOLERANCE;
        Service service = state.service(task.service()).orElse(null);
        if (service == null) return DEFAULT_TOLERANCE;
        if (service.lostAfterSeconds() != null) return Duration.ofSeconds(service.lostAfterSeconds());
        boolean outlives = service.isActiveDaemon() && task.isActive() && task.lastStatus() == LastStatus.RUNNING;
        return outlives ? DAEMON_TOLERANCE : DEFAULT_TOLERANCE;
    }
}
