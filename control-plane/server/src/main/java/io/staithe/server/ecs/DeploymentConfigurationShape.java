package io.staithe.server.ecs;

import io.staithe.core.model.CircuitBreaker;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.LifecycleHook;
import io.staithe.core.model.Service;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.Newer;
import io.staithe.server.ecs.Shapes.Reading;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.DeploymentAlarms;
import software.amazon.awssdk.services.ecs.model.DeploymentLifecycleHook;

/** A deployment configuration as the ECS API writes it. */
final class DeploymentConfigurationShape {
    private DeploymentConfigurationShape() {}

    /** What AWS has there and the SDK's class has not. */
    static Newer newer(DeploymentConfiguration configuration) {
        return Shapes.newer(configuration, software.amazon.awssdk.services.ecs.model.DeploymentConfiguration.builder());
    }

    /** Sub-fields that are left out stay. Terraform's provider sends what is switched off, too: that is no feature used. */
    static DeploymentConfiguration read(
            ClusterState state,
            software.amazon.awssdk.services.ecs.model.@Nullable DeploymentConfiguration asked,
            Newer newer,
            DeploymentConfiguration current) {
        if (asked == null) return current;
        var used = asked.toBuilder();
        if (asked.alarms() != null && !Boolean.TRUE.equals(asked.alarms().enable()))
            used.alarms((DeploymentAlarms) null);
        return Shapes.within("deploymentConfiguration", () -> {
            Reading reading = Shapes.reading(used.build()).with(newer).over(current);
            if (asked.hasLifecycleHooks())
                reading.with("lifecycleHooks", hooks(state, asked.lifecycleHooks(), newer.within("lifecycleHooks")));
            // What belongs to another strategy goes with it, unless it is asked for again.
            if (asked.strategy() != null && asked.linearConfiguration() == null && !isStrategy(asked, "LINEAR"))
                reading.with("linearConfiguration", null);
            if (asked.strategy() != null && asked.canaryConfiguration() == null && !isStrategy(asked, "CANARY"))
                reading.with("canaryConfiguration", null);
            return reading.as(DeploymentConfiguration.class);
        });
    }

    private static boolean isStrategy(
            software.amazon.awssdk.services.ecs.model.DeploymentConfiguration asked, String strategy) {
        return strategy.equals(asked.strategyAsString());
    }

    private static List<LifecycleHook> hooks(ClusterState state, List<DeploymentLifecycleHook> asked, Newer newer) {
        List<LifecycleHook> hooks = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            DeploymentLifecycleHook hook = asked.get(i);
            Newer more = newer.element(i);
            hooks.add(Shapes.within("lifecycleHooks[" + i + "]", () -> hook(state, hook, more)));
        }
        return hooks;
    }

    /** A hook without a target pauses; any other runs a task to its end. */
    private static LifecycleHook hook(ClusterState state, DeploymentLifecycleHook asked, Newer newer) {
        String target = "PAUSE".equals(asked.hookTargetArn()) ? null : asked.hookTargetArn();
        Reading reading = Shapes.reading(asked).with(newer).ignoring("hookTargetArn");
        Object type = newer.get("targetType");
        if (type == null)
            reading.with("targetType", target == null ? LifecycleHook.Type.PAUSE : LifecycleHook.Type.TASK);
        if ("AWS_LAMBDA".equals(type))
            throw new Invalid("targetType", "must be PAUSE or TASK: functions cannot be hooks");
        if (target == null) return reading.as(LifecycleHook.class);
        if (target.startsWith("arn:") && target.contains(":lambda:"))
            throw new Invalid("hookTargetArn", "must be of a task definition: functions cannot be hooks");
        TaskDefinition definition = TaskDefinitions.active(state, target);
        return reading.with("taskDefinition", definition.id()).as(LifecycleHook.class);
    }

    /** With ECS's defaults in it. */
    static software.amazon.awssdk.services.ecs.model.DeploymentConfiguration of(Service service, Arns arns) {
        DeploymentConfiguration configuration = service.deploymentConfiguration();
        boolean daemon = service.isDaemon();
        CircuitBreaker breaker = configuration.deploymentCircuitBreaker();
        var view = Shapes.write(
                configuration,
                software.amazon.awssdk.services.ecs.model.DeploymentConfiguration.builder(),
                "lifecycleHooks");
        if (!configuration.lifecycleHooks().isEmpty())
            view.lifecycleHooks(configuration.lifecycleHooks().stream()
                    .map(hook -> hook(hook, arns))
                    .toList());
        return view.minimumHealthyPercent(orElse(configuration.minimumHealthyPercent(), daemon ? 0 : 100))
                .maximumPercent(orElse(configuration.maximumPercent(), daemon ? 100 : 200))
                .deploymentCircuitBreaker(shown -> shown.enable(breaker != null && breaker.enable())
                        .rollback(breaker != null && breaker.rollback()))
                .strategy(configuration.strategyOrDefault().name())
                .build();
    }

    private static DeploymentLifecycleHook hook(LifecycleHook hook, Arns arns) {
        String target = hook.taskDefinition() == null ? "PAUSE" : arns.taskDefinition(hook.taskDefinition());
        return Shapes.write(hook, DeploymentLifecycleHook.builder())
                .hookTargetArn(target)
                .build();
    }

    private static Integer orElse(@Nullable Integer value, int otherwise) {
        return value == null ? Integer.valueOf(otherwise) : value;
    }
}
