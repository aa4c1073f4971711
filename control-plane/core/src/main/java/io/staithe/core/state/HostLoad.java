package io.staithe.core.state;

import io.staithe.core.model.AgentSession;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.HostPort;
import io.staithe.core.model.Resources;
import io.staithe.core.model.Task;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.TreePSet;

/**
 * A host with what its tasks hold of it. Kept up to date by {@link ClusterState}, change by change.
 *
 * @param session absent: no gateway has a connection with it
 * @param used what its tasks have reserved
 * @param ports the host ports that they fix
 * @param tasksOfGroup how many it runs of each task group
 * @param placed how many it runs in all, without those of daemon services
 */
public record HostLoad(
        ContainerInstance instance,
        @Nullable AgentSession session,
        Resources used,
        TreePSet<HostPort> ports,
        PMap<String, Integer> tasksOfGroup,
        int placed) {
    static HostLoad of(ContainerInstance instance, @Nullable AgentSession session) {
        return new HostLoad(instance, session, Resources.NONE, TreePSet.empty(), HashTreePMap.empty(), 0);
    }

    /** What the host offers and no task has reserved; negative where it is over-committed. */
    public Resources free() {
        return instance.registered().minus(used);
    }

    /** Its agent is connected and its container runtime answers. */
    public boolean isReachable() {
        return instance.isConnected() && session != null && session.runtimeHealthy();
    }

    public int tasks() {
        return tasksOfGroup.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** As if tasks that are on it were not. */
    public HostLoad without(Stream<Task> tasks) {
        return tasks.reduce(this, HostLoad::minus, (one, other) -> other);
    }

    HostLoad with(ContainerInstance to) {
        return new HostLoad(to, session, used, ports, tasksOfGroup, placed);
    }

    HostLoad with(@Nullable AgentSession to) {
        return new HostLoad(instance, to, used, ports, tasksOfGroup, placed);
    }

    HostLoad plus(Task task) {
        return new HostLoad(
                instance,
                session,
                used.plus(task.reserved()),
                ports.plusAll(task.hostPorts()),
                tasksOfGroup.plus(task.group(), tasksOfGroup.getOrDefault(task.group(), 0) + 1),
                placed + (task.isOfDaemon() ? 0 : 1));
    }

    HostLoad minus(Task task) {
        int left = tasksOfGroup.getOrDefault(task.group(), 0) - 1;
        return new HostLoad(
                instance,
                session,
                used.minus(task.reserved()),
                ports.minusAll(task.hostPorts()),
                left > 0 ? tasksOfGroup.plus(task.group(), left) : tasksOfGroup.minus(task.group()),
                placed - (task.isOfDaemon() ? 0 : 1));
    }
}
