package io.staithe.core.assignment;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DesiredStatus;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Derives what a host is asked to do. */
public final class HostAssignment {
    private HostAssignment() {}

    /** Everything for one host: its tasks, and the traffic of all clusters when it is an edge host. */
    public static Assignment of(ClusterState state, ContainerInstance host) {
        List<Item> items = new ArrayList<>();
        state.tasksOn(host.id()).filter(task -> !task.isStopped()).forEach(task -> run(state, task)
                .ifPresent(items::add));
        if (host.edge()) traffic(state).forEach(items::add);
        return Assignment.of(items);
    }

    private static Optional<Item> run(ClusterState state, Task task) {
        boolean stop = !task.lastStatus().isBefore(LastStatus.STOPPING);
        boolean launched = state.report(task.id()).isPresent();
        return state.taskDefinition(task.taskDefinition())
                .map(definition -> new Item.RunTask(new AssignedTask(
                        task.id(),
                        task.cluster(),
                        task.group(),
                        task.service(),
                        definition,
                        task.overrides(),
                        stop ? DesiredStatus.STOPPED : DesiredStatus.RUNNING,
                        launched,
                        task.traceParent())));
    }

    private static Stream<Item> traffic(ClusterState state) {
        Stream<Item> listeners = state.all(Kind.LISTENER, Listener.class).map(Item.Listen::new);
        Stream<Item> rules = state.all(Kind.RULE, Rule.class).map(Item.Route::new);
        Stream<Item> groups = state.all(Kind.TARGET_GROUP, TargetGroup.class).map(Item.Group::new);
        Stream<Item> targets = state.all(Kind.TASK, Task.class)
                .filter(HostAssignment::hasTargets)
                .flatMap(task -> task.loadBalancers().stream().flatMap(mapping -> target(state, task, mapping)))
                .map(Item.SendTo::new);
        return Stream.of(listeners, rules, groups, targets).flatMap(items -> items);
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
                task.desiredStatus() == DesiredStatus.STOPPED));
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
