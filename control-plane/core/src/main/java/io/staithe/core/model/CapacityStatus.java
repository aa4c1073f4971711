package io.staithe.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the capacity planner of a cluster must remember, and why it does not buy what tasks wait for.
 *
 * @param hindrances as they were last seen, in the order of capacity providers
 * @param changedMindAt when the last change of hosts began that was made to save money; absent: there was none
 * @param change the one that is under way; absent: none is
 */
public record CapacityStatus(
        String cluster,
        List<Hindrance> hindrances,
        @Nullable Instant changedMindAt,
        @Nullable HostChange change) implements Entity {
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

    /**
     * Hosts that go though tasks run on them, because those cost less elsewhere.
     *
     * @param going they drain when all that start are ready
     * @param starting bought in their place; given back when the change comes to nothing
     * @param microsPerHour what it saves, in millionths of a dollar
     */
    public record HostChange(List<InstanceId> going, List<InstanceId> starting, long microsPerHour) {
        public static final int MAX_HOSTS = 20;

        public HostChange {
            going = Check.list(going);
            Check.atMost(going, MAX_HOSTS, "going");
            starting = Check.list(starting);
            Check.atMost(starting, MAX_HOSTS, "starting");
        }
    }

    public CapacityStatus {
        Check.name(cluster, "cluster");
        hindrances = Check.list(hindrances);
        Check.atMost(hindrances, MAX_HINDRANCES, "hindrances");
    }

    public static CapacityStatus none(String cluster) {
        return new CapacityStatus(cluster, List.of(), null, null);
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
