package io.staithe.core.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where requests go: the tasks of the services that name it, how they are checked and how they leave.
 *
 * @param healthCheckPath what HTTP checks ask for; starts with a slash
 * @param matcher which HTTP status codes are healthy: {@code 200}, {@code 200-299} or {@code 200,204}
 * @param deregistrationDelaySeconds how long in-flight requests of a leaving target may go on
 * @param slowStartSeconds in which the share of a target that has become healthy rises evenly to a full one; ELB: 30 to 900,
 *     or 0 for a full one at once, which is also the default
 */
public record TargetGroup(
        String name,
        String protocol,
        @Nullable Integer port,
        String healthCheckPath,
        @Nullable Integer healthCheckIntervalSeconds,
        @Nullable Integer healthCheckTimeoutSeconds,
        @Nullable Integer healthyThresholdCount,
        @Nullable Integer unhealthyThresholdCount,
        @Nullable String matcher,
        @Nullable Integer deregistrationDelaySeconds,
        @Nullable Integer slowStartSeconds,
        List<Tag> tags,
        Instant createdAt)
        implements Entity {
    public TargetGroup {
        Check.name(name, "name");
        Check.that(name.length() <= 32, "name", "must be at most 32 characters");
        Check.text(protocol, "protocol", 8);
        Check.oneOf(protocol, List.of("HTTP"), "protocol");
        Check.range(port, 1, 65535, "port");
        Check.that(
                healthCheckPath != null && healthCheckPath.matches("/[!-~&&[^\\\\'\"#]]{0,1023}"),
                "healthCheckPath",
                "must start with / and hold printable characters without quotes, backslash, # and spaces");
        Check.range(healthCheckIntervalSeconds, 1, 300, "healthCheckIntervalSeconds");
        Check.range(healthCheckTimeoutSeconds, 1, 120, "healthCheckTimeoutSeconds");
        Check.range(healthyThresholdCount, 1, 10, "healthyThresholdCount");
        Check.range(unhealthyThresholdCount, 1, 10, "unhealthyThresholdCount");
        if (matcher != null)
            Check.that(
                    matcher.matches("[2-5][0-9]{2}([,-][2-5][0-9]{2}){0,9}"),
                    "matcher",
                    "must be like 200, 200-299 or 200,204");
        Check.range(deregistrationDelaySeconds, 0, 3600, "deregistrationDelaySeconds");
        Check.that(
                slowStartSeconds == null
                        || slowStartSeconds == 0
                        || (slowStartSeconds >= 30 && slowStartSeconds <= 900),
                "slowStartSeconds",
                "must be 0 or 30 to 900");
        tags = Check.list(tags);
    }

    @Override
    public Key key() {
        return Key.targetGroup(name);
    }

    /** ELB: 30 seconds unless asked otherwise; Staithe checks every 2, because its checks cost nothing. */
    public int intervalSeconds() {
        return healthCheckIntervalSeconds == null ? 2 : healthCheckIntervalSeconds;
    }

    public int timeoutSeconds() {
        return healthCheckTimeoutSeconds == null ? Math.min(5, intervalSeconds()) : healthCheckTimeoutSeconds;
    }

    public int healthyThreshold() {
        return healthyThresholdCount == null ? 1 : healthyThresholdCount;
    }

    public int unhealthyThreshold() {
        return unhealthyThresholdCount == null ? 2 : unhealthyThresholdCount;
    }

    public String matcherOrDefault() {
        return matcher == null ? "200" : matcher;
    }

    /** ELB's 300 seconds unless asked otherwise; a target leaves earlier when its last request has ended. */
    public int deregistrationDelay() {
        return deregistrationDelaySeconds == null ? 300 : deregistrationDelaySeconds;
    }

    public int slowStart() {
        return slowStartSeconds == null ? 0 : slowStartSeconds;
    }
}
