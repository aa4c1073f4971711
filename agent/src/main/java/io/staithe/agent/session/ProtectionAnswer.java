package io.staithe.agent.session;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the control plane says to a {@link ProtectionRequest}, or what is said in its place when it says nothing. */
public sealed interface ProtectionAnswer {
    /** No session is open. */
    Rejection UNREACHABLE = new Rejection("ServerException", "The control plane cannot be reached; try again.", 500);

    /** In ECS's words. */
    Rejection TIMED_OUT = new Rejection("RequestCanceled", "Timed out calling ECS Task Protection API", 504);

    /** @param expiresAt absent: not protected */
    record Protection(boolean enabled, @Nullable Instant expiresAt) implements ProtectionAnswer {}

    /** The task cannot be protected; ECS's reasons, such as {@code DEPLOYMENT_BLOCKED}. */
    record Failure(String reason, String detail) implements ProtectionAnswer {}

    /** An exception of ECS's API. The status is HTTP's. */
    record Rejection(String code, String message, int status) implements ProtectionAnswer {}
}
