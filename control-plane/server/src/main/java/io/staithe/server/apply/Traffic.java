package io.staithe.server.apply;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Listener;
import io.staithe.core.model.LoadBalancer;
import io.staithe.core.model.Rule;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.Arns;
import io.staithe.server.ecs.Commits;
import io.staithe.server.ecs.Commits.Decision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Load balancers, listeners, rules and target groups: listing them, and deleting one. */
final class Traffic {
    private final Commits commits;

    Traffic(Commits commits) {
        this.commits = commits;
    }

    /** @param kind {@code load-balancers}, {@code listeners}, {@code rules} or {@code target-groups} */
    List<Map<String, Object>> list(String kind, Caller caller) {
        ClusterState state = commits.state();
        Arns arns = Arns.of(caller);
        return switch (kind(kind)) {
            case LOAD_BALANCER ->
                state.all(Kind.LOAD_BALANCER, LoadBalancer.class)
                        .map(item -> shown(item, item.name(), arns.loadBalancer(item.name())))
                        .toList();
            case LISTENER ->
                state.all(Kind.LISTENER, Listener.class)
                        .map(item -> shown(item, item.id(), arns.listener(item)))
                        .toList();
            case RULE ->
                state.all(Kind.RULE, Rule.class)
                        .map(item -> shown(item, item.key().id(), arns.rule(item)))
                        .toList();
            default ->
                state.all(Kind.TARGET_GROUP, TargetGroup.class)
                        .map(item -> targetGroup(item, state, arns))
                        .toList();
        };
    }

    /** @throws ApiError ResourceNotFoundException, or ResourceInUseException while a service or a listener needs it */
    void delete(String kindName, String name) {
        Kind kind = kind(kindName);
        Key key = new Key(kind, name);
        commits.commit(state -> {
            if (state.get(key).isEmpty())
                throw ApiError.resourceNotFound("nothing of " + kindName + " is named " + name);
            Draft draft = new Draft(state);
            switch (kind) {
                case LOAD_BALANCER -> Removing.loadBalancer(draft, name);
                case LISTENER -> Removing.listener(draft, name);
                case RULE -> draft.delete(key);
                default -> {
                    Uses.ofTargetGroup(state, name).ifPresent(use -> {
                        throw ApiError.resourceInUse("target group " + name + " is in use: " + use.what());
                    });
                    draft.delete(key);
                }
            }
            List<Plan> plans = draft.plans();
            if (plans.size() != 1)
                throw ApiError.limitExceeded(name + " has too many rules to be deleted at once; delete rules first");
            return new Decision<>(plans.get(0), later -> key);
        });
    }

    private static Kind kind(String name) {
        return List.of(Kind.LOAD_BALANCER, Kind.LISTENER, Kind.RULE, Kind.TARGET_GROUP).stream()
                .filter(kind -> kind.folder().equals(name))
                .findFirst()
                .orElseThrow(() -> ApiError.resourceNotFound(
                        "the kind must be one of load-balancers, listeners, rules, target-groups"));
    }

    private static Map<String, Object> shown(Record item, String name, String arn) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", name);
        shown.put("arn", arn);
        Rendering.of(item).forEach(shown::putIfAbsent);
        return shown;
    }

    private static Map<String, Object> targetGroup(TargetGroup group, ClusterState state, Arns arns) {
        Map<String, Object> shown = shown(group, group.name(), arns.targetGroup(group.name()));
        shown.put(
                "targets",
                state.all(Kind.TARGET_HEALTH, TargetHealth.class)
                        .filter(health -> health.targetGroup().equals(group.name()))
                        .map(health -> target(health, state))
                        .toList());
        return shown;
    }

    private static Map<String, Object> target(TargetHealth health, ClusterState state) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("task", health.task().value());
        shown.put("container", health.containerName());
        shown.put("containerPort", health.containerPort());
        Optional<ContainerInstance> host =
                state.task(health.task()).map(Task::instance).flatMap(state::instance);
        host.ifPresent(instance -> shown.put("host", instance.hostName()));
        shown.put(
                "edge",
                state.instance(health.edge()).map(ContainerInstance::hostName).orElse(""));
        shown.put("state", health.state().name());
        if (health.description() != null) shown.put("description", health.description());
        return shown;
    }
}
