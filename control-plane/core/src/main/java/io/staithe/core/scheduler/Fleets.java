package io.staithe.core.scheduler;

import io.staithe.core.state.ClusterState;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps each cluster's fleet between decisions, so that the next costs what has changed and not what there is. What it answers
 * depends on the state alone. Not thread-safe.
 */
public final class Fleets {
    /** Beyond this all are let go: they come back as they are asked for. */
    private static final int MAX_CLUSTERS = 1000;

    private final Map<String, Fleet> byCluster = new HashMap<>();

    /** The cluster's hosts as they are in {@code state}; valid until asked again for the same cluster. */
    public Fleet at(ClusterState state, String cluster) {
        if (byCluster.size() > MAX_CLUSTERS) byCluster.clear();
        Fleet fleet = byCluster.computeIfAbsent(cluster, name -> new Fleet());
        fleet.follow(state.loadsOf(cluster));
        DaemonRoom.of(state, cluster).keepIn(fleet);
        return fleet;
    }
}
