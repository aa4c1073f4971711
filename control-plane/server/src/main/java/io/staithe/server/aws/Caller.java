package io.staithe.server.aws;

import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, in which region and account, and when: all that a handler may know beside its request.
 *
 * @param account 12 digits
 * @param region of the signature's scope, such as {@code us-east-1}
 * @param principal who the access key speaks for, such as {@code admin}
 * @param requestId unique to this call; the answer carries it as {@code x-amzn-RequestId}
 * @param traceparent W3C trace context that the client sent
 * @param run what the client sent as {@code x-staithe-run}; only RunTask reads it
 * @param drainDeadline what it sent as {@code x-staithe-drain-deadline}; only UpdateContainerInstancesState reads it
 * @param now when the call was accepted
 */
public record Caller(
        String account,
        String region,
        String principal,
        String accessKeyId,
        String requestId,
        @Nullable String traceparent,
        @Nullable String run,
        @Nullable String drainDeadline,
        Instant now) {
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    /** A trace context that is not well formed counts as none. */
    public static Caller of(HttpCall call, Identity identity, String account, String requestId, Instant now) {
        String traceparent = call.header("traceparent");
        return new Caller(
                account,
                identity.region(),
                identity.principal(),
                identity.accessKeyId(),
                requestId,
                traceparent != null && TRACEPARENT.matcher(traceparent).matches() ? traceparent : null,
                call.header("x-staithe-run"),
                call.header("x-staithe-drain-deadline"),
                now);
    }

    /** {@code arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE} of something of this caller's. */
    public String arn(String service, String resource) {
        return "arn:aws:" + service + ":" + region + ":" + account + ":" + resource;
    }
}
