package io.staithe.server.manifest;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;

/** What can be declared, and the request of AWS's API that is its shape. */
public enum ManifestKind {
    CLUSTER("Cluster", CreateClusterRequest::builder, Set.of(), Cluster::builder),
    TASK_DEFINITION("TaskDefinition", RegisterTaskDefinitionRequest::builder, Set.of(), TaskDefinition::builder),
    SERVICE("Service", CreateServiceRequest::builder, Set.of("lostAfterSeconds"), Service::builder),
    TARGET_GROUP("TargetGroup", CreateTargetGroupRequest::builder, Set.of("deregistrationDelaySeconds")),
    LOAD_BALANCER("LoadBalancer", CreateLoadBalancerRequest::builder, Set.of()),
    LISTENER("Listener", CreateListenerRequest::builder, Set.of()),
    RULE("Rule", CreateRuleRequest::builder, Set.of());

    private final String title;
    private final Supplier<SdkPojo> request;
    private final Set<String> extensions;
    private final Set<String> outputOnly;

    ManifestKind(String title, Supplier<SdkPojo> request, Set<String> extensions) {
        this(title, request, extensions, request);
    }

    ManifestKind(String title, Supplier<SdkPojo> request, Set<String> extensions, Supplier<SdkPojo> described) {
        this.title = title;
        this.request = request;
        this.extensions = extensions;
        this.outputOnly = new HashSet<>(described.get().sdkFieldNameToField().keySet());
        this.outputOnly.removeAll(request.get().sdkFieldNameToField().keySet());
    }

    /** As users write it, such as {@code TaskDefinition}. */
    public String title() {
        return title;
    }

    /** Whole numbers that Staithe has and AWS's request has not. */
    public Set<String> extensions() {
        return extensions;
    }

    /** What AWS's describe call shows and its create call does not take; dropped, so that its output can be applied. */
    Set<String> outputOnly() {
        return Set.copyOf(outputOnly);
    }

    SdkPojo newRequest() {
        return request.get();
    }

    /** The kind of a title in any case. */
    static Optional<ManifestKind> of(String title) {
        return Arrays.stream(values())
                .filter(kind -> kind.title.toLowerCase(Locale.ROOT).equals(title.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    static String titles() {
        return Arrays.stream(values()).map(ManifestKind::title).collect(Collectors.joining(", "));
    }
}
