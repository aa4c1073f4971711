package io.staithe.core.lifecycle;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Kind;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When an edge host that was out of reach is trusted again. While it counted as lost, tasks were stopped without its word,
 * and its proxy knows nothing of that. So it is told what to drain as soon as it has a session, and counts as there only
 * when it has: from then on no task is stopped that it still sends requests to.
 */
public final class EdgeReturn {
    private EdgeReturn() {}

    /**
     * Until when its return waits at the latest: until then it may send requests to a task that is being stopped. Empty: it
     * may count as there now, as every host may that carries no traffic.
     */
    public static Optional<Instant> waitsUntil(ClusterState state, ContainerInstance host, Instant now) {
        if (!host.edge()) return Optional.empty();
        return state.all(Kind.TASK, Task.class)
                .filter(task -> task.lastStatus() == LastStatus.STOPPING)
                .map(task -> new TaskTargets(state, task))
                .filter(targets -> targets.maySend(host.id()))
                .flatMap(targets -> Stream.ofNullable(targets.drainedBy()))
                .filter(now::isBefore)
                .max(Instant::compareTo);
    }

    /** The edge hosts whose return may wait for what is known of targets. */
    public static Stream<InstanceId> waiting(ClusterState state) {
        return state.all(Kind.INSTANCE, ContainerInstance.class)
                .filter(host -> host.edge() && isBack(state, host))
                .map(ContainerInstance::id);
    }

    /** It has a session, and does not count as there yet. */
    static boolean isBack(ClusterState state, ContainerInstance host) {
        return !host.isConnected() && state.session(host.id()).isPresent();
    }
}
