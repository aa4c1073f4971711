package io.staithe.loadbalancer;

import io.staithe.core.model.TargetGroup;
import java.time.Duration;

/**
 * Which share of the requests a target gets that has only just become healthy, as a weight beside the others'. ELB: it
 * rises linearly for the target group's slow start. HAProxy's own {@code slowstart} is not it: after a reload its targets
 * would have their full share at once. Pure.
 */
final class SlowStart {
    /** The weight of a full share. HAProxy has whole weights up to 256; as many steps as this take a target there. */
    static final int FULL = 20;

    /** A target has at least this, or its requests would never show whether it can bear more. */
    static final int LEAST = 1;

    private SlowStart() {}

    /**
     * @param up whether the target is healthy
     * @param sinceChange how long it has been so
     * @return {@link #LEAST} to {@link #FULL}
     */
    static int weight(TargetGroup group, boolean up, Duration sinceChange) {
        if (group.slowStart() == 0) return FULL;
        if (!up) return LEAST;
        long risen = FULL * sinceChange.toSeconds() / group.slowStart();
        return (int) Math.max(LEAST, Math.min(FULL, risen));
    }

    /** Of a target that nobody has found healthy yet. */
    static int first(TargetGroup group) {
        return weight(group, false, Duration.ZERO);
    }
}
