package io.staithe.core.assignment;

import io.staithe.core.image.VersionConsistency;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DesiredStatus;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Listener;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.NetworkBinding;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.Rule;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.ClusterState;
import java.util.Collection;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Derives what a host is asked to do. */
public final class HostAssignment {
    private HostAssignment() {}

    /** Everything for one host: its tasks, and the traffic of all clusters when it is an edge host. */
    public static Assignment of(ClusterState state, ContainerInstance host) {
        Stream<Item> tasks = state.tasksOn(host.id()).flatMap(task -> run(state, task));
        return Assignment.of(Stream.concat(tasks, host.edge() ? traffic(state) : Stream.empty())
                .toList());
    }

    /**
     * What changes for one host between two states: the difference of its whole assignments, read from {@code sources}
     * alone, which must be all that {@link Sources} names of the commits between them and that concern the host.
     */
    public static Assignment.Delta change(
            ClusterState before, ClusterState after, ContainerInstance host, Collection<Key> sources) {
        return from(sources, after, host).since(from(sources, before, host));
    }

    private static Assignment from(Collection<Key> sources, ClusterState state, ContainerInstance host) {
        return Assignment.of(
                sources.stream().flatMap(source -> items(source, state, host)).toList());
    }

    private static Stream<Item> items(Key source, ClusterState state, ContainerInstance host) {
        Entity entity = state.get(source).orElse(null);
        if (entity instanceof Task task) {
            Stream<Item> run = host.id().equals(task.instance()) ? run(state, task) : Stream.empty();
            return host.edge() ? Stream.concat(run, targets(state, task)) : run;
        }
        if (!host.edge()) return Stream.empty();
        if (entity instanceof Listener listener) return Stream.of(new Item.Listen(ForwardShares.of(state, listener)));
        if (entity instanceof Rule rule) return Stream.of(new Item.Route(ForwardShares.of(state, rule)));
        if (entity instanceof TargetGroup group) return Stream.of(new Item.Group(group));
        return Stream.empty();
    }

    private static Stream<Item> run(ClusterState state, Task task) {
        if (task.isStopped()) return Stream.empty();
        boolean stop = !task.lastStatus().isBefore(LastStatus.STOPPING);
        boolean launched = state.report(task.id()).isPresent();
        return state.taskDefinition(task.taskDefinition()).stream()
                .map(definition -> new Item.RunTask(new AssignedTask(
                        task.id(),
                        task.cluster(),
                        task.group(),
                        task.service(),
                        VersionConsistency.pinned(definition, VersionConsistency.settledFor(state, task)),
                        task.overrides(),
                        stop ? DesiredStatus.STOPPED : DesiredStatus.RUNNING,
                        launched,
                        task.traceParent())));
    }

    private static Stream<Item> traffic(ClusterState state) {
        Stream<Item> listeners = state.all(Kind.LISTENER, Listener.class)
                .map(listener -> new Item.Listen(ForwardShares.of(state, listener)));
        Stream<Item> rules =
                state.all(Kind.RULE, Rule.class).map(rule -> new Item.Route(ForwardShares.of(state, rule)));
        Stream<Item> groups = state.all(Kind.TARGET_GROUP, TargetGroup.class).map(Item.Group::new);
        Stream<Item> targets = state.all(Kind.TASK, Task.class).flatMap(task -> targets(state, task));
        return Stream.of(listeners, rules, groups, targets).flatMap(items -> items);
    }

    private static Stream<Item> targets(ClusterState state, Task task) {
        return hasTargets(task)
                ? task.loadBalancers().stream()
                        .flatMap(mapping -> target(state, task, mapping))
                        .map(Item.SendTo::new)
                : Stream.empty();
    }

    /** From when its containers run until they are gone. */
    private static boolean hasTargets(Task task) {
        return !task.loadBalancers().isEmpty()
                && task.startedAt() != null
                && !task.lastStatus().isBefore(LastStatus.ACTIVATING)
                && !task.isStopped();
    }

    private static Stream<Target> target(ClusterState state, Task task, LoadBalancerMapping mapping) {
        if (task.instance() == null) return Stream.empty();
        Optional<ContainerInstance> host = state.instance(task.instance());
        OptionalInt port = port(state, task, mapping);
        if (host.isEmpty() || port.isEmpty()) return Stream.empty();
        return Stream.of(new Target(
                task.id(),
                mapping.targetGroup(),
                mapping.containerName(),
                mapping.containerPort(),
                host.get().address(),
                port.getAsInt(),
                task.desiredStatus() == DesiredStatus.STOPPED || !isReady(state, task)));
    }

    /** While a container of it says that it is not, its target leaves, and comes back when it is. */
    private static boolean isReady(ClusterState state, Task task) {
        return state.report(task.id()).flatMap(TaskReport::unready).isEmpty();
    }

    private static OptionalInt port(ClusterState state, Task task, LoadBalancerMapping mapping) {
        boolean onHostNetwork = state.taskDefinition(task.taskDefinition())
                .map(TaskDefinition::networkModeOrDefault)
                .filter(mode -> mode == NetworkMode.HOST)
                .isPresent();
        if (onHostNetwork) return OptionalInt.of(mapping.containerPort());
        Optional<NetworkBinding> binding = state.report(task.id())
                .flatMap((TaskReport report) -> report.binding(mapping.containerName(), mapping.containerPort()));
        return binding.isPresent() ? OptionalInt.of(binding.get().hostPort()) : OptionalInt.empty();
    }
}
