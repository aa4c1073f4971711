package io.staithe.capacity.provider.ec2;

import io.staithe.capacity.provider.HostRequest;
import io.staithe.capacity.provider.ListedHost;
import io.staithe.core.model.InstanceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Instances that EC2 has promised and may not list yet: its API is eventually consistent, and one that is missing in a list would
 * be taken for gone.
 */
final class Newcomers {
    static final Duration UNLISTED = Duration.ofMinutes(3);

    private record Newcomer(ListedHost host, Instant since) {}

    private final InstantSource clock;
    private final Map<InstanceId, Newcomer> newcomers = new HashMap<>();

    Newcomers(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void add(HostRequest request, String instance) {
        ListedHost host = new ListedHost(request.id(), request.group(), ListedHost.State.STARTING, instance, null);
        newcomers.putIfAbsent(request.id(), new Newcomer(host, clock.instant()));
    }

    synchronized void remove(InstanceId host) {
        newcomers.remove(host);
    }

    synchronized Optional<String> instance(InstanceId host) {
        return Optional.ofNullable(newcomers.get(host))
                .map(newcomer -> newcomer.host().providerId());
    }

    /** Adds those that a list lacks, and forgets those that it has. */
    synchronized void complete(Map<InstanceId, ListedHost> listed) {
        Instant oldest = clock.instant().minus(UNLISTED);
        newcomers
                .values()
                .removeIf(newcomer -> listed.containsKey(newcomer.host().id())
                        || newcomer.since().isBefore(oldest));
        newcomers.forEach((id, newcomer) -> listed.put(id, newcomer.host()));
    }
}
