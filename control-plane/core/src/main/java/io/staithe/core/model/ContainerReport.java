package io.staithe.core.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the agent says of one container. */
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
        int restartCount) {
    public enum State {
        PENDING,
        RUNNING,
        STOPPED
    }

    public ContainerReport {
        networkBindings = Check.list(networkBindings);
    }
}
