package io.staithe.server.apply;

import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.DesiredStatus;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Listener;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.Rule;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.ApiError;
import io.staithe.server.ecs.CapacityRules;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who uses something, and so keeps it from going. */
final class Uses {
    private Uses() {}

    /**
     * @param what for people
     * @param passes whether it ends by itself: tasks that are stopping, and services that are stopping theirs
     */
    record Use(String what, boolean passes) {}

    /** What keeps it longest; empty: it may go. */
    static Optional<Use> ofTargetGroup(ClusterState state, String name) {
        Stream<Use> listeners = state.all(Kind.LISTENER, Listener.class)
                .filter(listener -> listener.defaultAction().forwardsTo(name))
                .map(listener -> new Use("listener " + listener.id() + " forwards to it", false));
        Stream<Use> rules = state.all(Kind.RULE, Rule.class)
                .filter(rule -> rule.action().forwardsTo(name))
                .map(rule -> new Use("rule " + rule.key().id() + " forwards to it", false));
        Stream<Use> services = state.all(Kind.SERVICE, Service.class)
                .filter(service -> service.status() != Service.Status.INACTIVE)
                .filter(service -> names(service.revision().loadBalancers(), name))
                .map(service -> new Use(
                        "service " + service.id() + " registers its tasks with it"
                                + (isEnding(service) ? ", and is still stopping them" : ""),
                        isEnding(service)));
        Stream<Use> tasks = state.all(Kind.TASK, Task.class)
                .filter(task -> !task.isStopped() && names(task.loadBalancers(), name))
                .map(task -> new Use("task " + task.id() + " is registered with it", isEnding(state, task)));
        return longest(Stream.of(listeners, rules, services, tasks).flatMap(uses -> uses));
    }

    /** What keeps a cluster longest; empty: it may go. In ECS's words. */
    static Optional<Use> ofCluster(ClusterState state, String name) {
        Stream<Use> hosts = state.instancesOf(name)
                .filter(host -> host.status() != ContainerInstance.Status.INACTIVE)
                .map(host -> new Use(
                        ApiError.clusterContainsContainerInstances().message(),
                        state.provisionedHost(host.id()).isPresent()));
        Stream<Use> services = state.servicesOf(name)
                .filter(service -> service.status() != Service.Status.INACTIVE)
                .map(service -> new Use(ApiError.clusterContainsServices().message(), isEnding(service)));
        Stream<Use> tasks = state.tasksIn(name)
                .filter(task -> !task.isStopped())
                .map(task -> new Use(ApiError.clusterContainsTasks().message(), isEnding(state, task)));
        return longest(Stream.of(hosts, services, tasks).flatMap(uses -> uses));
    }

    /** What keeps a capacity provider; empty: it may go. */
    static Optional<Use> ofCapacityProvider(ClusterState state, String name) {
        return CapacityRules.user(state, name).map(user -> new Use(user, false));
    }

    /** What keeps a host group longest; empty: it may go. Its hosts are given back once nothing runs on them. */
    static Optional<Use> ofHostGroup(ClusterState state, String name) {
        Stream<Use> providers = state.all(Kind.CAPACITY_PROVIDER, CapacityProvider.class)
                .filter(provider -> provider.hostGroup().equals(name))
                .map(provider -> new Use("capacity provider " + provider.name() + " names it", false));
        Stream<Use> tasks = HostGroups.hosts(state, name)
                .flatMap(host -> state.tasksOn(host.id()))
                .filter(task -> !task.isStopped())
                .map(task -> new Use("task " + task.id() + " runs on a host of it", isEnding(state, task)));
        long hosts = HostGroups.hosts(state, name).count();
        Stream<Use> left = hosts == 0
                ? Stream.of()
                : Stream.of(new Use(hosts + (hosts == 1 ? " host" : " hosts") + " of it are not given back yet", true));
        return longest(Stream.of(providers, tasks, left).flatMap(uses -> uses));
    }

    private static Optional<Use> longest(Stream<Use> uses) {
        List<Use> all = uses.toList();
        return all.stream().filter(use -> !use.passes()).findFirst().or(() -> all.stream()
                .findFirst());
    }

    private static boolean isEnding(Service service) {
        return service.status() == Service.Status.DRAINING;
    }

    private static boolean isEnding(ClusterState state, Task task) {
        return task.desiredStatus() == DesiredStatus.STOPPED
                || Optional.ofNullable(task.service())
                        .flatMap(state::service)
                        .filter(service -> service.status() != Service.Status.ACTIVE)
                        .isPresent();
    }

    private static boolean names(List<LoadBalancerMapping> mappings, String targetGroup) {
        return mappings.stream().anyMatch(mapping -> mapping.targetGroup().equals(targetGroup));
    }
}
