package io.staithe.server.costs;

import io.staithe.core.metering.Costs;
import io.staithe.core.metering.Metering;
import io.staithe.core.model.Kind;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Task;
import io.staithe.core.model.UsageRecord;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.ApiError;
import io.staithe.server.ecs.Commits;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Adds up what runs, what has ended and waits in the store, and what is in the history database. A record may be in two of
 * these places at the moment of asking: what the state knows counts, and the same out of the database does not.
 */
public final class CostsApi {
    /** Lines, and tasks that run across a border of the window. */
    static final int MAX_RECORDS = 100_000;

    static final int MAX_LINES = 10_000;
    /**
     * What was settled this long before all that the state still knows is in the database alone: also when the clocks of control
     * planes differ, and when this one hears of a commit late.
     */
    private static final Duration SURELY_MOVED = Duration.ofMinutes(10);

    private final Commits commits;
    private final PastUsage past;

    public CostsApi(Commits commits, PastUsage past) {
        this.commits = commits;
        this.past = past;
    }

    /**
     * What was used, and what it costs, as a tree of maps, lists, texts and numbers. What runs counts until now.
     *
     * @param query {@code by} (service), {@code since} (24h) or {@code from}, {@code to} (now), {@code cluster} (all)
     * @throws io.staithe.core.model.Invalid for what cannot be understood
     * @throws ApiError when there is too much of it, no such cluster, or the history database does not answer
     */
    public Map<String, Object> costs(Map<String, String> query, Instant now) {
        CostsRequest request = CostsRequest.of(query, now);
        ClusterState state = commits.state();
        Map<String, UsageRecord> known = new LinkedHashMap<>();
        known(state, now)
                .filter(record -> request.cluster() == null || request.cluster().equals(record.cluster()))
                .forEach(record -> known.put(record.id(), record));
        List<UsageRecord> ended = past.within(
                        request.window(),
                        request.cluster(),
                        request.by(),
                        settledBefore(known.values(), now),
                        MAX_RECORDS)
                .orElseThrow(() -> ApiError.unavailable(
                        "The history database does not answer; what has ended is known there alone. Try again later."));
        if (ended.size() > MAX_RECORDS) throw tooMuch();
        Costs costs = new Costs(request.by(), request.window());
        known.values().forEach(costs::add);
        ended.stream().filter(record -> !known.containsKey(record.id())).forEach(costs::add);
        if (costs.lines().size() > MAX_LINES) throw tooMuch();
        if (costs.lines().isEmpty()
                && request.cluster() != null
                && state.cluster(request.cluster()).isEmpty()) throw ApiError.clusterNotFound();
        return CostsAnswer.of(request, costs, known.values().stream().filter(UsageRecord::isSum));
    }

    private static Stream<UsageRecord> known(ClusterState state, Instant now) {
        Stream<UsageRecord> tasks = state.all(Kind.TASK, Task.class)
                .filter(task -> !task.isStopped())
                .map(task -> Metering.of(state, task, now))
                .flatMap(Optional::stream);
        Stream<UsageRecord> hosts = state.all(Kind.PROVISIONED_HOST, ProvisionedHost.class)
                .filter(host -> !host.isOver())
                .map(host -> Metering.of(host, now))
                .flatMap(Optional::stream);
        return Stream.of(tasks, hosts, state.all(Kind.USAGE, UsageRecord.class)).flatMap(records -> records);
    }

    /** Sums are never in the database. */
    private static Instant settledBefore(Collection<UsageRecord> known, Instant now) {
        Instant oldest = known.stream()
                .filter(record -> !record.isSum())
                .map(UsageRecord::settledAt)
                .min(Comparator.naturalOrder())
                .filter(now::isAfter)
                .orElse(now);
        return oldest.minus(SURELY_MOVED);
    }

    private static ApiError tooMuch() {
        return ApiError.badRequest(
                "ValidationException",
                "by: that is more than " + MAX_LINES + " lines; ask for a shorter time, one cluster, or by service");
    }
}
