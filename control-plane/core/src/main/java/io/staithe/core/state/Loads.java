package io.staithe.core.state;

import io.staithe.core.model.AgentSession;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Entity;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Task;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/** The load of every host, by cluster, kept up to date as objects change. */
final class Loads {
    static final Loads NONE = new Loads(HashTreePMap.empty(), HashTreePMap.empty());

    private final PMap<String, HostLoads> byCluster;
    private final PMap<InstanceId, String> clusters;

    private Loads(PMap<String, HostLoads> byCluster, PMap<InstanceId, String> clusters) {
        this.byCluster = byCluster;
        this.clusters = clusters;
    }

    HostLoads of(String cluster) {
        return byCluster.getOrDefault(cluster, HostLoads.NONE);
    }

    Optional<HostLoad> of(InstanceId host) {
        return Optional.ofNullable(clusters.get(host))
                .flatMap(cluster -> of(cluster).of(host));
    }

    /** @param state with {@code after} in place of {@code before} already; its own loads are not asked */
    Loads after(@Nullable Entity before, @Nullable Entity after, ClusterState state) {
        if (before instanceof Task || after instanceof Task) return ofTask((Task) before, (Task) after);
        if (before instanceof ContainerInstance || after instanceof ContainerInstance)
            return ofHost((ContainerInstance) before, (ContainerInstance) after, state);
        if (before instanceof AgentSession || after instanceof AgentSession)
            return ofSession((AgentSession) before, (AgentSession) after);
        return this;
    }

    private Loads ofTask(@Nullable Task before, @Nullable Task after) {
        if (before != null && after != null && holdTheSame(before, after)) return this;
        Loads loads = this;
        if (before != null && before.instance() != null && before.holdsResources())
            loads = loads.change(before.instance(), load -> load.minus(before));
        if (after != null && after.instance() != null && after.holdsResources())
            loads = loads.change(after.instance(), load -> load.plus(after));
        return loads;
    }

    private static boolean holdTheSame(Task before, Task after) {
        return before.holdsResources() == after.holdsResources()
                && Objects.equals(before.instance(), after.instance())
                && before.reserved().equals(after.reserved())
                && before.hostPorts().equals(after.hostPorts())
                && before.group().equals(after.group());
    }

    private Loads ofHost(@Nullable ContainerInstance before, @Nullable ContainerInstance after, ClusterState state) {
        if (after == null) return before == null ? this : without(before);
        if (before != null && clusters.containsKey(after.id())) return change(after.id(), load -> load.with(after));
        HostLoad load = HostLoad.of(after, state.session(after.id()).orElse(null));
        for (Task task : state.tasksOn(after.id()).toList()) if (task.holdsResources()) load = load.plus(task);
        return new Loads(
                byCluster.plus(after.cluster(), of(after.cluster()).with(load)),
                clusters.plus(after.id(), after.cluster()));
    }

    private Loads without(ContainerInstance host) {
        HostLoads left = of(host.cluster()).without(host.id());
        return new Loads(
                left.size() == 0 ? byCluster.minus(host.cluster()) : byCluster.plus(host.cluster(), left),
                clusters.minus(host.id()));
    }

    private Loads ofSession(@Nullable AgentSession before, @Nullable AgentSession after) {
        AgentSession session = after != null ? after : before;
        return session == null ? this : change(session.instance(), load -> load.with(after));
    }

    private Loads change(InstanceId host, UnaryOperator<HostLoad> to) {
        String cluster = clusters.get(host);
        if (cluster == null) return this;
        HostLoads hosts = of(cluster);
        return hosts.of(host)
                .map(load -> new Loads(byCluster.plus(cluster, hosts.with(to.apply(load))), clusters))
                .orElse(this);
    }
}
