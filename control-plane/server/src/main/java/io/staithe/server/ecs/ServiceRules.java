package io.staithe.server.ecs;

import io.staithe.core.model.CapacityProviderStrategyItem;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Key;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.LoadBalancerMapping.AdvancedConfiguration;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.PortMapping;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.query.Expression;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The rules that tie a service to its task definition and its target groups, in ECS's words. */
public final class ServiceRules {
    private ServiceRules() {}

    /** @throws ApiError InvalidParameterException for the first rule that does not hold */
    static void check(ClusterState state, ServiceRevision revision, TaskDefinition definition) {
        checkLaunch(revision, definition);
        checkExpressions(revision.placementConstraints());
        if (revision.networkConfiguration() != null && definition.networkModeOrDefault() != NetworkMode.AWSVPC)
            throw ApiError.invalidParameter(
                    "Network Configuration is not valid for the given networkMode of this task definition.");
        for (LoadBalancerMapping mapping : revision.loadBalancers()) checkTarget(state, mapping, definition);
    }

    /** What a service with this revision refers to, and what so must not change while it is written. */
    public static List<Key> references(String cluster, ServiceRevision revision) {
        List<Key> keys = new ArrayList<>();
        keys.add(Key.cluster(cluster));
        keys.add(Key.taskDefinition(revision.taskDefinition()));
        keys.addAll(CapacityRules.references(revision.capacityProviderStrategy().stream()
                        .map(CapacityProviderStrategyItem::capacityProvider)
                        .toList())
                .toList());
        revision.loadBalancers().stream()
                .flatMap(ServiceRules::references)
                .distinct()
                .forEach(keys::add);
        return keys;
    }

    private static Stream<Key> references(LoadBalancerMapping mapping) {
        Key group = Key.targetGroup(mapping.targetGroup());
        AdvancedConfiguration advanced = mapping.advancedConfiguration();
        if (advanced == null) return Stream.of(group);
        Stream<Key> rules = Stream.of(advanced.productionListenerRule(), advanced.testListenerRule())
                .filter(Objects::nonNull)
                .map(Key::listenerRule);
        return Stream.concat(Stream.of(group, Key.targetGroup(advanced.alternateTargetGroup())), rules);
    }

    static void checkLaunch(ServiceRevision revision, TaskDefinition definition) {
        if (revision.launchType() != null
                && !revision.capacityProviderStrategy().isEmpty())
            throw ApiError.invalidParameter("Specifying both a launch type and capacity provider strategy is not"
                    + " supported. Remove one and try again.");
        FargatePlatform.check(revision);
        if (!"FARGATE".equals(revision.launchType())) return;
        if (!definition.requiresCompatibilities().contains("FARGATE"))
            throw ApiError.invalidParameter("Task definition does not support launch_type FARGATE.");
        if (!revision.placementConstraints().isEmpty())
            throw ApiError.invalidParameter("Placement constraints are not supported with FARGATE launch type.");
        if (!revision.placementStrategy().isEmpty())
            throw ApiError.invalidParameter("Placement strategies are not supported with FARGATE launch type.");
    }

    /** The strategy that is asked for, or the cluster's where neither one nor a launch type is. */
    static List<CapacityProviderStrategyItem> capacity(ServiceRevision revision, Cluster cluster) {
        return revision.launchType() == null
                        && revision.capacityProviderStrategy().isEmpty()
                ? cluster.defaultCapacityProviderStrategy()
                : revision.capacityProviderStrategy();
    }

    /** @throws Invalid for a {@code memberOf} that is no expression of the cluster query language */
    public static void checkExpressions(List<PlacementConstraint> constraints) {
        for (int i = 0; i < constraints.size(); i++) {
            String expression = constraints.get(i).expression();
            if (expression != null && !expression.isBlank())
                Shapes.within("placementConstraints[" + i + "]", () -> Expression.parse(expression));
        }
    }

    /**
     * The policy itself.
     *
     * @throws Invalid for a preference that the scheduler does not understand
     */
    public static PlacementPolicy checkPreferences(PlacementPolicy policy) {
        for (int i = 0; i < policy.preferences().size(); i++) {
            String expression = policy.preferences().get(i).expression();
            Shapes.within("preferences[" + i + "]", () -> Expression.parse(expression));
        }
        return policy;
    }

    private static void checkTarget(ClusterState state, LoadBalancerMapping mapping, TaskDefinition definition) {
        if (state.get(Key.targetGroup(mapping.targetGroup())).isEmpty())
            throw ApiError.invalidParameter(
                    "The target group with targetGroupArn " + mapping.targetGroup() + " does not exist.");
        if (mapping.advancedConfiguration() != null)
            ListenerRules.check(state, mapping.targetGroup(), mapping.advancedConfiguration());
        ContainerDefinition container = definition
                .container(mapping.containerName())
                .orElseThrow(() -> ApiError.invalidParameter(
                        "The container " + mapping.containerName() + " does not exist in the task definition."));
        boolean offered = container.portMappings().stream().anyMatch(port -> has(port, mapping.containerPort()));
        if (!offered)
            throw ApiError.invalidParameter("The container " + mapping.containerName()
                    + " did not have a container port " + mapping.containerPort() + " defined.");
    }

    private static boolean has(PortMapping mapping, int port) {
        return mapping.firstContainerPort() <= port
                && port <= mapping.lastContainerPort()
                && mapping.protocolOrDefault().equals("tcp");
    }
}
