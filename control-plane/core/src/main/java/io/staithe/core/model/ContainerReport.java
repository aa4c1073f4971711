package io.staithe.core.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the agent says of one container.
 *
 * @param healthStatus what its health check says
 * @param restartCount how often it was started again in place
 * @param readiness what its readiness check says; absent: it has none
 * @param checkDetail why a check does not pass, for people; absent: those that are made pass, or nothing is known
 */
public record ContainerReport(
        String name,
        @Nullable String runtimeId,
        String image,
        @Nullable String imageDigest,
        State lastStatus,
        @Nullable Integer exitCode,
        @Nullable String reason,
        HealthStatus healthStatus,
        List<NetworkBinding> networkBindings,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        int restartCount,
        @Nullable HealthStatus readiness,
        @Nullable String checkDetail) {
    public enum State {
        PENDING,
        RUNNING,
        STOPPED
    }

    public ContainerReport {
        networkBindings = Check.list(networkBindings);
    }

    /** Whether it may be sent requests, as far as its readiness check decides. */
    public boolean isReady() {
        return readiness == null || readiness == HealthStatus.HEALTHY;
    }
}
