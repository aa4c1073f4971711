package io.staithe.capacity.provider;

import io.staithe.core.model.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a provider has, as far as its lists have told. */
final class Inventory {
    /** A host that nobody wanted is ended after this long: its entry in the store may be on its way. */
    static final Duration STRAY_GRACE = Duration.ofMinutes(2);

    private Map<InstanceId, ListedHost> listed = Map.of();
    private final Map<InstanceId, Instant> straySince = new HashMap<>();
    /** The time at which the last list that came was asked for. */
    private @Nullable Instant askedAt;

    void update(List<ListedHost> hosts, Instant asked) {
        Map<InstanceId, ListedHost> now = new TreeMap<>();
        hosts.forEach(host -> now.put(host.id(), host));
        listed = now;
        askedAt = asked;
    }

    Optional<ListedHost> host(InstanceId id) {
        return Optional.ofNullable(listed.get(id));
    }

    /** Whether a list that was asked for after {@code time} says that there is no such host, or that it has ended. */
    boolean isGoneAfter(InstanceId id, Instant time) {
        ListedHost host = listed.get(id);
        return askedAt != null && askedAt.isAfter(time) && (host == null || host.state() == ListedHost.State.ENDED);
    }

    Stream<ListedHost> hosts() {
        return listed.values().stream();
    }

    /** Whether a host has been nobody's for long enough to be ended. Must be told of each look. */
    boolean isStray(InstanceId id, boolean wanted, Instant now) {
        if (wanted) {
            straySince.remove(id);
            return false;
        }
        return !now.isBefore(straySince.computeIfAbsent(id, any -> now).plus(STRAY_GRACE));
    }

    void forgetStraysThatAreGone() {
        straySince.keySet().retainAll(listed.keySet());
    }
}
