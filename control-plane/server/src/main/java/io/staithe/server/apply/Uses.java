package io.staithe.server.apply;

import io.staithe.core.model.Action;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Listener;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.Rule;
import io.staithe.core.model.Service;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who uses a target group, and so keeps it from going. */
final class Uses {
    private Uses() {}

    /** The first use, for people; empty: it may go. */
    static Optional<String> ofTargetGroup(ClusterState state, String name) {
        Stream<String> listeners = state.all(Kind.LISTENER, Listener.class)
                .filter(listener -> forwards(listener.defaultAction(), name))
                .map(listener -> "listener " + listener.id() + " forwards to it");
        Stream<String> rules = state.all(Kind.RULE, Rule.class)
                .filter(rule -> forwards(rule.action(), name))
                .map(rule -> "rule " + rule.key().id() + " forwards to it");
        Stream<String> services = state.all(Kind.SERVICE, Service.class)
                .filter(service -> service.status() != Service.Status.INACTIVE)
                .filter(service -> names(service.revision().loadBalancers(), name))
                .map(service -> "service " + service.id() + " registers its tasks with it"
                        + (service.status() == Service.Status.DRAINING ? ", and is still stopping them" : ""));
        Stream<String> tasks = state.all(Kind.TASK, Task.class)
                .filter(task -> !task.isStopped() && names(task.loadBalancers(), name))
                .map(task -> "task " + task.id() + " is registered with it");
        return Stream.of(listeners, rules, services, tasks)
                .flatMap(uses -> uses)
                .findFirst();
    }

    private static boolean forwards(Action action, String targetGroup) {
        return targetGroup.equals(action.targetGroup());
    }

    private static boolean names(List<LoadBalancerMapping> mappings, String targetGroup) {
        return mappings.stream().anyMatch(mapping -> mapping.targetGroup().equals(targetGroup));
    }
}
