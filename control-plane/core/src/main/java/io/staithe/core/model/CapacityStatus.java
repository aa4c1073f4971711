package io.staithe.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the capacity planner of a cluster must remember, and why it does not buy what tasks wait for.
 *
 * @param hindrances as they were last seen, in the order of capacity providers
 * @param changedMindAt when it last gave back hosts on which tasks ran; absent: it has not
 */
public record CapacityStatus(
        String cluster,
        List<Hindrance> hindrances,
        @Nullable Instant changedMindAt) implements Entity {
    public static final int MAX_HINDRANCES = 100;

    /**
     * Why tasks of a capacity provider wait though hosts could be bought.
     *
     * @param code why, in capitals
     * @param message a sentence without its full stop
     * @param tasks how many wait because of it
     */
    public record Hindrance(String capacityProvider, String code, String message, int tasks) {
        public Hindrance {
            Check.text(capacityProvider, "capacityProvider", 255);
            Check.text(code, "code", 64);
            Check.text(message, "message", 1024);
        }
    }

    public CapacityStatus {
        Check.name(cluster, "cluster");
        hindrances = Check.list(hindrances);
        Check.atMost(hindrances, MAX_HINDRANCES, "hindrances");
    }

    public static CapacityStatus none(String cluster) {
        return new CapacityStatus(cluster, List.of(), null);
    }

    /** Why tasks of this provider wait; empty: for nothing but hosts that are on their way. */
    public Optional<Hindrance> hindrance(String capacityProvider) {
        return hindrances.stream()
                .filter(known -> known.capacityProvider().equals(capacityProvider))
                .findFirst();
    }

    @Override
    public Key key() {
        return Key.capacityStatus(cluster);
    }
}
