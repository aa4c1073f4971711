package io.staithe.core;

import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.EphemeralStorage;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.RuntimePlatform;
import io.staithe.core.model.TaskDefinition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task definition for tests: one small container, unless a test asks for something else. */
public final class GivenDefinition {
    private final String family;
    private final int revision;
    private ContainerDefinition container = ContainerDefinition.of("app", "app:1");
    private int cpu = 128;
    private int memory = 128;
    private @Nullable NetworkMode networkMode;
    private @Nullable RuntimePlatform platform;
    private @Nullable EphemeralStorage ephemeralStorage;
    private @Nullable Instant registeredAt;

    private GivenDefinition(String family, int revision) {
        this.family = family;
        this.revision = revision;
    }

    public static GivenDefinition definition(String family, int revision) {
        return new GivenDefinition(family, revision);
    }

    public GivenDefinition container(ContainerDefinition to) {
        container = to;
        return this;
    }

    /** CPU units. */
    public GivenDefinition cpu(int to) {
        cpu = to;
        return this;
    }

    /** MiB. */
    public GivenDefinition memory(int to) {
        memory = to;
        return this;
    }

    public GivenDefinition networkMode(NetworkMode to) {
        networkMode = to;
        return this;
    }

    public GivenDefinition platform(@Nullable RuntimePlatform to) {
        platform = to;
        return this;
    }

    public GivenDefinition ephemeralStorage(EphemeralStorage to) {
        ephemeralStorage = to;
        return this;
    }

    public GivenDefinition registeredAt(Instant to) {
        registeredAt = to;
        return this;
    }

    public TaskDefinition build() {
        return new TaskDefinition(
                family,
                revision,
                TaskDefinition.Status.ACTIVE,
                null,
                null,
                networkMode,
                List.of(container),
                List.of(),
                List.of(),
                List.of(),
                cpu,
                memory,
                null,
                null,
                ephemeralStorage,
                platform,
                null,
                List.of(),
                registeredAt,
                null,
                null);
    }
}
