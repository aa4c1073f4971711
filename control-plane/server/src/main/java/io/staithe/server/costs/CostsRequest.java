package io.staithe.server.costs;

import io.staithe.core.metering.Costs.By;
import io.staithe.core.metering.Window;
import io.staithe.core.model.Invalid;
import io.staithe.server.ecs.Names;
import io.staithe.server.manifest.Spans;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked.
 *
 * @param cluster absent: all
 */
record CostsRequest(By by, Window window, @Nullable String cluster) {
    private static final Duration BY_DEFAULT = Duration.ofHours(24);
    private static final Map<String, By> BY = Map.of(
            "cluster", By.CLUSTER,
            "service", By.SERVICE,
            "capacityProvider", By.CAPACITY_PROVIDER,
            "task", By.TASK,
            "host", By.HOST);

    /** @throws Invalid for what cannot be understood */
    static CostsRequest of(Map<String, String> query, Instant now) {
        By by = BY.get(query.getOrDefault("by", "service"));
        if (by == null) throw new Invalid("by", "must be cluster, service, capacityProvider, task or host");
        String cluster = query.get("cluster");
        return new CostsRequest(by, window(query, now), cluster == null ? null : Names.cluster(cluster));
    }

    private static Window window(Map<String, String> query, Instant now) {
        String since = query.get("since");
        String from = query.get("from");
        if (since != null && from != null) throw new Invalid("since", "must not be given beside from");
        Instant asked = query.containsKey("to") ? time(query.get("to"), "to") : now;
        Instant to = asked.isBefore(now) ? asked : now;
        Instant begin = from == null ? to.minus(since == null ? BY_DEFAULT : span(since)) : time(from, "from");
        if (!begin.isBefore(to))
            throw new Invalid("from", "must be before " + (to.equals(now) ? "now, " : "to, ") + to);
        if (begin.isBefore(Instant.EPOCH))
            throw new Invalid(since == null ? "from" : "since", "must not be before 1970");
        return new Window(begin, to);
    }

    private static Duration span(String text) {
        return Spans.read(text)
                .filter(span -> !span.isZero())
                .orElseThrow(() -> new Invalid("since", "must be a time such as 90s, 5m, 2h or 1d"));
    }

    private static Instant time(String text, String field) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException notATime) {
            throw new Invalid(
                    field,
                    "must be a time such as 2026-01-31T12:00:00Z, or a date such as 2026-01-31 (its beginning in UTC)");
        }
    }
}
