package io.staithe.server.ecs;

import io.staithe.core.state.ClusterState;
import java.time.Duration;
import java.util.function.Predicate;

/** The state as this process sees it, which follows the store a moment later, and waiting for what it will show. */
public interface Waiting {
    ClusterState state();

    /**
     * Returns as soon as the state meets {@code condition}, or when {@code atMost} has passed.
     *
     * @return the state that met it, or the latest one
     */
    ClusterState until(Predicate<ClusterState> condition, Duration atMost);
}
