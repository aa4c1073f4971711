package io.staithe.loadbalancer;

import io.staithe.core.model.TargetGroup;
import java.util.Arrays;
import java.util.stream.Collectors;

/** How a target group's servers are checked, the same for servers of the configuration and those added at run time. */
final class HaproxyChecks {
    /**
     * How often a server that is down is checked, in milliseconds, and how long after it was added for the first time. ELB knows one interval; a connection attempt costs
     * nothing, and a new target waits for its first success, so it is not made to wait for most of an interval. Successes
     * that follow, and checks of servers that are up, keep the group's interval.
     */
    static final int DOWN_INTERVAL_MILLIS = 100;

    private HaproxyChecks() {}

    /** The check options of a {@code server} line; {@code add server} takes nothing from {@code default-server}. */
    static String serverOptions(TargetGroup group) {
        return "check inter %ds downinter %dms rise %d fall %d"
                .formatted(
                        group.intervalSeconds(),
                        Math.min(DOWN_INTERVAL_MILLIS, group.intervalSeconds() * 1000),
                        group.healthyThreshold(),
                        group.unhealthyThreshold());
    }

    /** {@code 200-299,304}: HAProxy's list of codes and ranges is ELB's matcher, once each part is a number or a range. */
    static String statuses(String matcher) {
        return Arrays.stream(matcher.split(","))
                .map(part -> part.split("-"))
                .map(ends -> ends.length == 1 ? ends[0] : ends[0] + "-" + ends[ends.length - 1])
                .collect(Collectors.joining(","));
    }
}
