package io.staithe.capacity.planner;

import io.staithe.core.model.Kind;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.state.ClusterState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * After hosts of a capacity provider have failed one after the other, the next is bought later and later: a provider on whose hosts no agent
 * joins is not asked for host after host.
 */
record Pause(Instant until, int failures, String reason) {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    /** Empty: the last one has joined, or long enough has been waited. */
    static Optional<Pause> of(ClusterState state, Supply supply, Instant now) {
        List<ProvisionedHost> hosts = state.all(Kind.PROVISIONED_HOST, ProvisionedHost.class)
                .filter(host -> host.group().equals(supply.group().name())
                        && supply.provider().equals(host.capacityProvider()))
                .toList();
        Instant lastJoined = hosts.stream()
                .filter(host -> host.joinedAt() != null)
                .map(ProvisionedHost::requestedAt)
                .max(Comparator.naturalOrder())
                .orElse(Instant.MIN);
        List<ProvisionedHost> failed = hosts.stream()
                .filter(host -> host.status() == ProvisionedHost.Status.FAILED
                        && host.requestedAt().isAfter(lastJoined))
                .sorted(Comparator.comparing(Pause::failedAt))
                .toList();
        if (failed.isEmpty()) return Optional.empty();
        ProvisionedHost last = failed.get(failed.size() - 1);
        Duration pause = FIRST.multipliedBy(1L << Math.min(failed.size() - 1, 10));
        Instant until = failedAt(last).plus(pause.compareTo(LONGEST) < 0 ? pause : LONGEST);
        return now.isBefore(until)
                ? Optional.of(new Pause(until, failed.size(), String.valueOf(last.endReason())))
                : Optional.empty();
    }

    private static Instant failedAt(ProvisionedHost host) {
        return host.endingAt() == null ? host.requestedAt() : host.endingAt();
    }
}
