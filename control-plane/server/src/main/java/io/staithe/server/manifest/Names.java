package io.staithe.server.manifest;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.CreateCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.Target;

/** What makes two documents of one kind the same thing. */
final class Names {
    /** The cluster of those who name none, as in ECS. */
    private static final String DEFAULT_CLUSTER = "default";

    private Names() {}

    static String of(ManifestKind kind, Object request) {
        return switch (kind) {
            case HOST_GROUP -> ((HostGroupForm) request).name();
            case CAPACITY_PROVIDER -> String.valueOf(((CreateCapacityProviderRequest) request).name());
            case CLUSTER -> cluster(((CreateClusterRequest) request).clusterName());
            case TASK_DEFINITION -> String.valueOf(((RegisterTaskDefinitionRequest) request).family());
            case SERVICE -> {
                CreateServiceRequest service = (CreateServiceRequest) request;
                yield cluster(service.cluster()) + "/" + service.serviceName();
            }
            case TARGET_GROUP -> String.valueOf(((CreateTargetGroupRequest) request).name());
            case LOAD_BALANCER -> String.valueOf(((CreateLoadBalancerRequest) request).name());
            case LISTENER -> {
                CreateListenerRequest listener = (CreateListenerRequest) request;
                yield listener.loadBalancerArn() + ":" + listener.port();
            }
            case RULE -> {
                CreateRuleRequest rule = (CreateRuleRequest) request;
                yield rule.listenerArn() + "/" + rule.priority();
            }
            case SCHEDULE -> {
                CreateScheduleRequest schedule = (CreateScheduleRequest) request;
                Target target = schedule.target();
                yield cluster(target == null ? null : target.arn()) + "/" + schedule.name();
            }
        };
    }

    private static String cluster(@Nullable String nameOrArn) {
        String name = Objects.requireNonNullElse(nameOrArn, DEFAULT_CLUSTER);
        return name.substring(name.lastIndexOf('/') + 1);
    }
}
