package io.staithe.server.ecs;

import io.staithe.core.model.AwsVpcConfiguration;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.Newer;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.AdvancedConfiguration;
import software.amazon.awssdk.services.ecs.model.DeploymentControllerType;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.NetworkConfiguration;
import software.amazon.awssdk.services.ecs.model.ServiceCurrentRevisionSummary;
import software.amazon.awssdk.services.ecs.model.ServiceEvent;

/** A service as ECS shows it. Everything is there that Terraform's provider and {@code aws ecs wait} read. */
final class ServiceView {
    private final ClusterState state;
    private final ServiceEvents events;
    private final Arns arns;

    ServiceView(ClusterState state, ServiceEvents events, Arns arns) {
        this.state = state;
        this.events = events;
        this.arns = arns;
    }

    software.amazon.awssdk.services.ecs.model.Service of(Service service, boolean withTags) {
        ServiceRevision revision = service.revision();
        List<Task> tasks = state.tasksOf(service.id()).toList();
        String rebalancing = service.availabilityZoneRebalancing();
        var view = Shapes.write(
                revision,
                software.amazon.awssdk.services.ecs.model.Service.builder(),
                "loadBalancers",
                "networkConfiguration");
        Shapes.write(service, view, "deploymentConfiguration", "tags");
        if (withTags) view.tags(Requests.tagViews(service.tags()));
        return view.serviceName(service.name())
                .serviceArn(arns.service(service.id()))
                .clusterArn(arns.cluster(service.cluster()))
                .taskDefinition(arns.taskDefinition(revision.taskDefinition()))
                .launchType(launchType(revision))
                .loadBalancers(loadBalancers(revision.loadBalancers(), arns))
                .networkConfiguration(network(revision.networkConfiguration()))
                .serviceRegistries(List.of())
                .desiredCount(Deployments.desiredCount(state, service))
                .runningCount(count(tasks, Counts::running))
                .pendingCount(count(tasks, Counts::pending))
                .deploymentConfiguration(DeploymentConfigurationShape.of(service, arns))
                .deploymentController(controller -> controller.type(DeploymentControllerType.ECS))
                .deployments(Deployments.current(state, service).stream()
                        .map(deployment -> DeploymentView.of(deployment, tasks, arns))
                        .toList())
                .events(events.ofService(service.id(), ServiceEvents.MAX_SHOWN).stream()
                        .map(ServiceView::event)
                        .toList())
                .enableECSManagedTags(Boolean.TRUE.equals(service.enableECSManagedTags()))
                .enableExecuteCommand(Boolean.TRUE.equals(service.enableExecuteCommand()))
                .propagateTags(service.propagateTags() == null ? "NONE" : service.propagateTags())
                .availabilityZoneRebalancing(rebalancing == null ? "DISABLED" : rebalancing)
                .platformVersion(FargatePlatform.asked(revision))
                .platformFamily(FargatePlatform.family(revision))
                .currentServiceDeployment(arns.serviceDeployment(service.id(), service.deployment()))
                .currentServiceRevisions(revisions(service, tasks))
                .build();
    }

    /** What AWS has there and the SDK's class has not. */
    static Newer newer(Service service) {
        return DeploymentConfigurationShape.newer(service.deploymentConfiguration())
                .under("deploymentConfiguration");
    }

    static List<LoadBalancer> loadBalancers(List<LoadBalancerMapping> mappings, Arns arns) {
        return mappings.stream()
                .map(mapping -> Shapes.write(mapping, LoadBalancer.builder())
                        .targetGroupArn(arns.targetGroup(mapping.targetGroup()))
                        .advancedConfiguration(advanced(mapping.advancedConfiguration(), arns))
                        .build())
                .toList();
    }

    private static @Nullable AdvancedConfiguration advanced(
            LoadBalancerMapping.@Nullable AdvancedConfiguration advanced, Arns arns) {
        if (advanced == null) return null;
        return Shapes.write(advanced, AdvancedConfiguration.builder())
                .alternateTargetGroupArn(arns.targetGroup(advanced.alternateTargetGroup()))
                .build();
    }

    static @Nullable NetworkConfiguration network(@Nullable AwsVpcConfiguration vpc) {
        if (vpc == null) return null;
        var view = Shapes.write(vpc, software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration.builder());
        if (vpc.assignPublicIp() == null) view.assignPublicIp("DISABLED");
        return NetworkConfiguration.builder().awsvpcConfiguration(view.build()).build();
    }

    /** ECS's EC2, where neither a launch type nor a capacity provider was asked for. */
    static @Nullable String launchType(ServiceRevision revision) {
        if (revision.launchType() != null
                || !revision.capacityProviderStrategy().isEmpty()) return revision.launchType();
        return "EC2";
    }

    static int count(List<Task> tasks, Predicate<Task> condition) {
        return (int) tasks.stream().filter(condition).count();
    }

    private List<ServiceCurrentRevisionSummary> revisions(Service service, List<Task> tasks) {
        return Deployments.current(state, service).stream()
                .map(Deployment::id)
                .map(number -> {
                    List<Task> own = tasks.stream()
                            .filter(task -> number.equals(task.deployment()))
                            .toList();
                    return ServiceCurrentRevisionSummary.builder()
                            .arn(arns.serviceRevision(service.id(), number))
                            .requestedTaskCount(count(own, Task::isActive))
                            .runningTaskCount(count(own, Counts::running))
                            .pendingTaskCount(count(own, Counts::pending))
                            .build();
                })
                .toList();
    }

    private static ServiceEvent event(io.staithe.core.model.ServiceEvent event) {
        return Shapes.write(event, ServiceEvent.builder()).build();
    }
}
