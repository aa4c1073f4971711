package io.staithe.server.ecs;

import io.staithe.core.model.AwsVpcConfiguration;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.Service;
import io.staithe.core.model.Service.SchedulingStrategy;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.ApiError;
import io.staithe.server.aws.Caller;
import io.staithe.server.aws.Newer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.ecs.model.AdvancedConfiguration;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeploymentController;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** What a service becomes by a request, on a state: defaults filled in, names resolved, every rule held. */
public final class ServiceReading {
    /** ECS wants it said; one is what somebody means who does not. */
    private static final int DEFAULT_DESIRED_COUNT = 1;

    private ServiceReading() {}

    /**
     * The service that {@code request} makes.
     *
     * @param incarnation of this creation
     * @param number of its first deployment
     */
    public static Service create(
            ClusterState state, CreateServiceRequest request, String incarnation, DeploymentId number, Caller caller) {
        Cluster cluster = Clusters.active(state, request.cluster());
        onlyRolling(request.deploymentController());
        TaskDefinition definition = TaskDefinitions.active(state, request.taskDefinition());
        ServiceRevision asked = Shapes.reading(request)
                .partly()
                .with("taskDefinition", definition.id())
                .with("loadBalancers", loadBalancers(request.loadBalancers()))
                .with("networkConfiguration", network(request.networkConfiguration()))
                .with("forced", 0)
                .as(ServiceRevision.class);
        SchedulingStrategy strategy = strategy(request.schedulingStrategyAsString());
        ServiceRevision revision = strategy == SchedulingStrategy.DAEMON ? asked : withCapacity(asked, cluster);
        ServiceRules.check(state, revision, definition);
        DeploymentConfiguration configuration = DeploymentConfigurationShape.read(
                state,
                request.deploymentConfiguration(),
                Newer.of(request).within("deploymentConfiguration"),
                DeploymentConfiguration.DEFAULT);
        if (strategy == SchedulingStrategy.DAEMON) DaemonRules.check(request.desiredCount(), revision, configuration);
        CapacityRules.checkStrategy(revision.capacityProviderStrategy(), cluster);
        Service read = Shapes.reading(request)
                .with("cluster", cluster.name())
                .with("name", Requests.required(request.serviceName(), "Service name"))
                .with("status", Service.Status.ACTIVE)
                .with("incarnation", incarnation)
                .with("desiredCount", desired(request.desiredCount(), strategy))
                .with("schedulingStrategy", strategy)
                .with("revision", revision)
                .with("deployment", number)
                .with("deployedAt", caller.now())
                .with("deploymentConfiguration", configuration)
                .with("lostAfterSeconds", null)
                .with("deploymentDeadline", null)
                .with("deploymentRequest", null)
                .with("createdAt", caller.now())
                .with("createdBy", TaskDefinitions.principalArn(caller))
                .with("deployedBy", TaskDefinitions.principalArn(caller))
                .with("traceParent", caller.traceparent())
                .ignoring("serviceName", "clientToken", "taskDefinition", "launchType", "capacityProviderStrategy")
                .ignoring("platformVersion", "loadBalancers", "networkConfiguration", "placementConstraints")
                .ignoring("placementStrategy", "deploymentController", "role")
                .as(Service.class);
        if (read.availabilityZoneRebalancing() == null)
            return read.but()
                    .availabilityZoneRebalancing(ZoneRebalancing.unlessAsked(read))
                    .build();
        if (read.availabilityZoneRebalancing().equals("ENABLED")) ZoneRebalancing.check(read);
        return read;
    }

    /**
     * What {@code request} makes of {@code current}; what it does not name stays. Another revision is another deployment,
     * with {@code number}.
     */
    public static Service update(
            ClusterState state, Service current, UpdateServiceRequest request, DeploymentId number, Caller caller) {
        onlyRolling(request.deploymentController());
        ServiceRevision revision =
                revision(state, Clusters.active(state, current.cluster()), current.revision(), request);
        Service next = Shapes.reading(request)
                .over(current)
                .with("cluster", current.cluster())
                .with(
                        "deploymentConfiguration",
                        DeploymentConfigurationShape.read(
                                state,
                                request.deploymentConfiguration(),
                                Newer.of(request).within("deploymentConfiguration"),
                                current.deploymentConfiguration()))
                .ignoring("service", "taskDefinition", "capacityProviderStrategy", "platformVersion", "loadBalancers")
                .ignoring("networkConfiguration", "placementConstraints", "placementStrategy", "forceNewDeployment")
                .ignoring("deploymentController")
                .as(Service.class);
        if (current.isDaemon()) DaemonRules.check(request.desiredCount(), revision, next.deploymentConfiguration());
        Service asked = revision.equals(current.revision())
                ? next
                : next.but()
                        .deployment(number, revision, caller.now(), caller.traceparent())
                        .deployedBy(TaskDefinitions.principalArn(caller))
                        .build();
        if ("ENABLED".equals(request.availabilityZoneRebalancingAsString())) ZoneRebalancing.check(asked);
        return asked;
    }

    private static ServiceRevision revision(
            ClusterState state, Cluster cluster, ServiceRevision current, UpdateServiceRequest request) {
        TaskDefinition definition = request.taskDefinition() == null
                ? state.taskDefinition(current.taskDefinition())
                        .orElseThrow(() -> ApiError.client("TaskDefinition not found."))
                : TaskDefinitions.active(state, request.taskDefinition());
        Shapes.Reading reading = Shapes.reading(request)
                .partly()
                .over(current)
                .with("taskDefinition", definition.id())
                .with("forced", current.forced() + (Boolean.TRUE.equals(request.forceNewDeployment()) ? 1 : 0));
        reading.with(
                "loadBalancers",
                request.hasLoadBalancers() ? loadBalancers(request.loadBalancers()) : current.loadBalancers());
        reading.with(
                "networkConfiguration",
                request.networkConfiguration() == null
                        ? current.networkConfiguration()
                        : network(request.networkConfiguration()));
        if (request.hasCapacityProviderStrategy()) reading.with("launchType", null);
        ServiceRevision next = reading.as(ServiceRevision.class);
        if (next.equals(current)) return current;
        ServiceRules.check(state, next, definition);
        if (!next.capacityProviderStrategy().equals(current.capacityProviderStrategy()))
            CapacityRules.checkStrategy(next.capacityProviderStrategy(), cluster);
        // Another deployment finds out anew what tags stand for.
        return next.but().imageDigests(Map.of()).build();
    }

    /** As in ECS: a cluster's default strategy is the service's from its creation on, whatever becomes of the default. */
    private static ServiceRevision withCapacity(ServiceRevision asked, Cluster cluster) {
        return asked.but()
                .capacity(asked.launchType(), ServiceRules.capacity(asked, cluster))
                .build();
    }

    private static SchedulingStrategy strategy(@Nullable String asked) {
        if (asked == null || asked.equals("REPLICA")) return SchedulingStrategy.REPLICA;
        if (asked.equals("DAEMON")) return SchedulingStrategy.DAEMON;
        throw new Invalid("schedulingStrategy", "must be REPLICA or DAEMON");
    }

    private static int desired(@Nullable Integer asked, SchedulingStrategy strategy) {
        if (strategy == SchedulingStrategy.DAEMON) return 0;
        return asked == null ? DEFAULT_DESIRED_COUNT : asked;
    }

    private static void onlyRolling(@Nullable DeploymentController controller) {
        if (controller != null && controller.type() != null && controller.type() != DeploymentControllerType.ECS)
            throw ApiError.unsupportedFeature("The deployment controller must be ECS.");
    }

    static List<LoadBalancerMapping> loadBalancers(List<LoadBalancer> asked) {
        List<LoadBalancerMapping> mappings = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            LoadBalancer entry = asked.get(i);
            mappings.add(Shapes.within("loadBalancers[" + i + "]", () -> {
                if (entry == null || entry.targetGroupArn() == null) throw new Invalid("targetGroupArn", "is required");
                return Shapes.reading(entry)
                        .with("targetGroup", Names.targetGroup(entry.targetGroupArn()))
                        .with("advancedConfiguration", advanced(entry.advancedConfiguration()))
                        .ignoring("targetGroupArn")
                        .as(LoadBalancerMapping.class);
            }));
        }
        return mappings;
    }

    private static LoadBalancerMapping.@Nullable AdvancedConfiguration advanced(@Nullable AdvancedConfiguration asked) {
        if (asked == null) return null;
        return Shapes.within("advancedConfiguration", () -> {
            if (asked.alternateTargetGroupArn() == null) throw new Invalid("alternateTargetGroupArn", "is required");
            return Shapes.reading(asked)
                    .with("alternateTargetGroup", Names.targetGroup(asked.alternateTargetGroupArn()))
                    .ignoring("alternateTargetGroupArn")
                    .as(LoadBalancerMapping.AdvancedConfiguration.class);
        });
    }

    private static @Nullable AwsVpcConfiguration network(@Nullable NetworkConfiguration asked) {
        SdkPojo vpc = asked == null ? null : asked.awsvpcConfiguration();
        return Shapes.readOptional(vpc, AwsVpcConfiguration.class, "networkConfiguration.awsvpcConfiguration")
                .orElse(null);
    }
}
