package io.staithe.server.manifest;

import io.staithe.core.model.DeploymentDeadline;
import io.staithe.core.model.DisruptionBudget;
import io.staithe.core.model.JobPolicy;
import io.staithe.core.model.ManagedScaling;
import io.staithe.core.model.PlacementPolicy;
import io.staithe.core.model.Rebalancing;
import io.staithe.core.model.Schedule;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.CapacityProvider;
import software.amazon.awssdk.services.ecs.model.Cluster;
import software.amazon.awssdk.services.ecs.model.CreateCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateLoadBalancerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;
import software.amazon.awssdk.services.scheduler.model.CreateScheduleRequest;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;

/** What can be declared, and what is its shape: a request of AWS's API or, where AWS has none, a record. */
public enum ManifestKind {
    CLUSTER("Cluster", CreateClusterRequest::builder, Map.of("rebalancing", Rebalancing.class), Cluster::builder),
    TASK_DEFINITION("TaskDefinition", RegisterTaskDefinitionRequest::builder, Map.of(), TaskDefinition::builder),
    SERVICE(
            "Service",
            CreateServiceRequest::builder,
            Map.of(
                    "lostAfterSeconds",
                    Integer.class,
                    "deploymentDeadline",
                    DeploymentDeadline.class,
                    "placement",
                    PlacementPolicy.class,
                    "disruptionBudget",
                    DisruptionBudget.class),
            Service::builder),
    TARGET_GROUP(
            "TargetGroup",
            CreateTargetGroupRequest::builder,
            Map.of("deregistrationDelaySeconds", Integer.class, "slowStartSeconds", Integer.class)),
    LOAD_BALANCER("LoadBalancer", CreateLoadBalancerRequest::builder, Map.of()),
    LISTENER("Listener", CreateListenerRequest::builder, Map.of()),
    RULE("Rule", CreateRuleRequest::builder, Map.of()),
    SCHEDULE(
            "Schedule",
            CreateScheduleRequest::builder,
            Map.of("overlap", Schedule.Overlap.class, "catchUpSeconds", Integer.class, "job", JobPolicy.class),
            GetScheduleResponse::builder),
    HOST_GROUP("HostGroup", HostGroupForm.class),
    CAPACITY_PROVIDER(
            "CapacityProvider",
            CreateCapacityProviderRequest::builder,
            Map.of(
                    "hostGroup",
                    String.class,
                    "managedScaling",
                    ManagedScaling.class,
                    "managedTerminationProtection",
                    Boolean.class,
                    "managedDraining",
                    Boolean.class),
            CapacityProvider::builder);

    private final String title;
    private final @Nullable Supplier<SdkPojo> request;
    private final @Nullable Class<? extends Record> form;
    private final Map<String, Class<?>> extensions;
    private final Set<String> outputOnly;

    ManifestKind(String title, Supplier<SdkPojo> request, Map<String, Class<?>> extensions) {
        this(title, request, extensions, request);
    }

    ManifestKind(
            String title, Supplier<SdkPojo> request, Map<String, Class<?>> extensions, Supplier<SdkPojo> described) {
        this.title = title;
        this.request = request;
        this.form = null;
        this.extensions = extensions;
        this.outputOnly = new HashSet<>(described.get().sdkFieldNameToField().keySet());
        this.outputOnly.removeAll(request.get().sdkFieldNameToField().keySet());
    }

    ManifestKind(String title, Class<? extends Record> form) {
        this.title = title;
        this.request = null;
        this.form = form;
        this.extensions = Map.of();
        this.outputOnly = Set.of();
    }

    /** As users write it, such as {@code TaskDefinition}. */
    public String title() {
        return title;
    }

    /** Fields that Staithe has and AWS's request has not: whole numbers, words, and records of the model. */
    Map<String, Class<?>> extensions() {
        return extensions;
    }

    /** What AWS's describe call shows and its create call does not take; dropped, so that its output can be applied. */
    Set<String> outputOnly() {
        return Set.copyOf(outputOnly);
    }

    /** Empty: its shape is a record, its {@link #form}. */
    Optional<SdkPojo> newRequest() {
        return Optional.ofNullable(request).map(Supplier::get);
    }

    Optional<Class<? extends Record>> form() {
        return Optional.ofNullable(form);
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
