package io.staithe.agent.container;

import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.NetworkBinding;
import io.staithe.core.model.TaskId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the engine says of a container of this agent's.
 *
 * @param name its name in the task definition, or {@link #NETWORK_HOLDER}
 * @param image the reference it was created from
 * @param imageId the engine's own id of the image
 * @param exitCode present once it has exited; 137 after SIGKILL
 * @param oomKilled whether the kernel killed a process of it at its memory limit
 * @param error why the engine could not start it
 * @param health of the definition's health check; UNKNOWN where there is none, or it has not run yet, or nothing runs
 * @param address where this host reaches its ports without publishing them; absent while it does not run, and where it has
 *     no network of its own
 * @param networkBindings the host ports of the running container; a network holder has those of its whole task
 * @param pid of its first process in the host's view; absent while it does not run
 */
public record Container(
        String id,
        TaskId task,
        String name,
        String image,
        String imageId,
        State state,
        @Nullable Integer exitCode,
        boolean oomKilled,
        @Nullable String error,
        HealthStatus health,
        @Nullable String address,
        List<NetworkBinding> networkBindings,
        Map<String, String> labels,
        @Nullable Long pid,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt) {
    /** No name that a definition can give holds a tilde. */
    public static final String NETWORK_HOLDER = "~network";

    /** Where it is in its life. */
    public enum State {
        CREATED,
        RUNNING,
        PAUSED,
        EXITED
    }

    public Container {
        networkBindings = List.copyOf(networkBindings);
        labels = Map.copyOf(labels);
    }

    public boolean isNetworkHolder() {
        return name.equals(NETWORK_HOLDER);
    }

    /** Whether it has processes: running or frozen. */
    public boolean isAlive() {
        return state == State.RUNNING || state == State.PAUSED;
    }
}
