package io.staithe.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a listener or a rule does with a request: forward it, answer it, or redirect it. Exactly one of the three is given.
 *
 * @param forward the target groups to forward to, at most {@value #MAX_TARGET_GROUPS}, each once; empty: it does not forward
 * @param fixedResponse answer with this
 * @param redirect send the client elsewhere
 */
public record Action(
        List<WeightedTargetGroup> forward,
        @Nullable FixedResponse fixedResponse,
        @Nullable Redirect redirect) {
    /** ELB's quota of target groups of one action. */
    public static final int MAX_TARGET_GROUPS = 5;

    public Action {
        forward = Check.list(forward);
        int given = (forward.isEmpty() ? 0 : 1) + (fixedResponse == null ? 0 : 1) + (redirect == null ? 0 : 1);
        Check.that(given == 1, "actions", "must be exactly one of forward, fixed-response and redirect");
        Check.that(
                forward.size() <= MAX_TARGET_GROUPS,
                "forwardConfig.targetGroups",
                "must be at most " + MAX_TARGET_GROUPS + " target groups");
        Check.that(
                forward.stream()
                                .map(WeightedTargetGroup::targetGroup)
                                .distinct()
                                .count()
                        == forward.size(),
                "forwardConfig.targetGroups",
                "must name each target group once");
        Check.that(
                forward.isEmpty() || forward.stream().anyMatch(group -> group.weight() > 0),
                "forwardConfig.targetGroups",
                "must have a weight above 0");
    }

    /** All requests to one target group. */
    public static Action forward(String targetGroup) {
        return forward(List.of(new WeightedTargetGroup(targetGroup, 1)));
    }

    public static Action forward(List<WeightedTargetGroup> targetGroups) {
        return new Action(targetGroups, null, null);
    }

    /** Whether any of its requests may go to the target group, now or with other weights. */
    public boolean forwardsTo(String targetGroup) {
        return forward.stream().anyMatch(group -> group.targetGroup().equals(targetGroup));
    }

    /** @param statusCode 200 to 599 */
    public record FixedResponse(
            int statusCode,
            @Nullable String contentType,
            @Nullable String messageBody) {
        public FixedResponse {
            Check.range(statusCode, 200, 599, "statusCode");
            Check.optionalText(contentType, "contentType", 64);
            Check.oneOf(
                    contentType,
                    List.of("text/plain", "text/css", "text/html", "application/javascript", "application/json"),
                    "contentType");
            Check.optionalText(messageBody, "messageBody", 1024);
        }
    }

    /** Absent parts stay as they were in the request; {@code statusCode} is 301 or 302. */
    public record Redirect(
            int statusCode,
            @Nullable String protocol,
            @Nullable String host,
            @Nullable Integer port,
            @Nullable String path) {
        public Redirect {
            Check.that(statusCode == 301 || statusCode == 302, "statusCode", "must be HTTP_301 or HTTP_302");
            Check.oneOf(protocol, List.of("HTTP", "HTTPS"), "protocol");
            Check.optionalText(host, "host", 128);
            if (host != null) Check.that(host.matches("[a-zA-Z0-9.-]+"), "host", "must be a host name");
            Check.range(port, 1, 65535, "port");
            Check.optionalText(path, "path", 128);
            if (path != null) Check.that(path.matches("/[!-~]*"), "path", "must start with / and hold no spaces");
        }
    }
}
