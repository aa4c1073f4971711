package io.staithe.server.ecs;

import io.staithe.server.aws.Api;
import io.staithe.server.aws.Operation;
import java.util.List;
import software.amazon.awssdk.services.ecs.model.CreateCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteAttributesRequest;
import software.amazon.awssdk.services.ecs.model.DeleteCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.DeleteClusterRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeClustersRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.ListAttributesRequest;
import software.amazon.awssdk.services.ecs.model.ListClustersRequest;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.PutAttributesRequest;
import software.amazon.awssdk.services.ecs.model.PutClusterCapacityProvidersRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.TagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UntagResourceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateCapacityProviderRequest;
import software.amazon.awssdk.services.ecs.model.UpdateClusterRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionRequest;

/** The ECS API: which operations are served, and by what. */
public final class Ecs {
    private final Clusters clusters;
    private final CapacityProviders capacityProviders;
    private final TaskDefinitions definitions;
    private final TaskDefinitionLists definitionLists;
    private final Services services;
    private final ServiceQueries serviceQueries;
    private final ServiceDeployments deployments;
    private final ServiceRevisions revisions;
    private final ServiceDeploymentStops stops;
    private final RunTask runTask;
    private final Tasks tasks;
    private final TaskProtection protection;
    private final ContainerInstances instances;
    private final Attributes attributes;
    private final Tags tags;

    public Ecs(Commits commits, ServiceEvents events, PastDeployments past, Ids ids) {
        clusters = new Clusters(commits);
        capacityProviders = new CapacityProviders(commits);
        definitions = new TaskDefinitions(commits);
        definitionLists = new TaskDefinitionLists(commits);
        services = new Services(commits, events, ids);
        serviceQueries = new ServiceQueries(commits, events);
        deployments = new ServiceDeployments(commits);
        revisions = new ServiceRevisions(commits, new KnownDeployments(past));
        stops = new ServiceDeploymentStops(commits);
        runTask = new RunTask(commits, ids);
        tasks = new Tasks(commits);
        protection = new TaskProtection(commits);
        instances = new ContainerInstances(commits);
        attributes = new Attributes(commits);
        tags = new Tags(commits);
    }

    /** The operations as the wire knows them. */
    public Api api() {
        return Api.json("ecs", "AmazonEC2ContainerServiceV20141113", operations());
    }

    private List<Operation<?, ?>> operations() {
        return List.of(
                new Operation<>("CreateCluster", CreateClusterRequest::builder, clusters::create),
                new Operation<>("DescribeClusters", DescribeClustersRequest::builder, clusters::describe),
                new Operation<>("ListClusters", ListClustersRequest::builder, clusters::list),
                new Operation<>("UpdateCluster", UpdateClusterRequest::builder, clusters::update),
                new Operation<>("DeleteCluster", DeleteClusterRequest::builder, clusters::delete),
                new Operation<>(
                        "CreateCapacityProvider", CreateCapacityProviderRequest::builder, capacityProviders::create),
                new Operation<>(
                        "UpdateCapacityProvider", UpdateCapacityProviderRequest::builder, capacityProviders::update),
                new Operation<>(
                        "DeleteCapacityProvider", DeleteCapacityProviderRequest::builder, capacityProviders::delete),
                new Operation<>(
                        "DescribeCapacityProviders",
                        DescribeCapacityProvidersRequest::builder,
                        capacityProviders::describe),
                new Operation<>(
                        "PutClusterCapacityProviders",
                        PutClusterCapacityProvidersRequest::builder,
                        capacityProviders::put),
                new Operation<>(
                        "RegisterTaskDefinition", RegisterTaskDefinitionRequest::builder, definitions::register),
                new Operation<>(
                        "DescribeTaskDefinition", DescribeTaskDefinitionRequest::builder, definitions::describe),
                new Operation<>("ListTaskDefinitions", ListTaskDefinitionsRequest::builder, definitionLists::revisions),
                new Operation<>(
                        "ListTaskDefinitionFamilies",
                        ListTaskDefinitionFamiliesRequest::builder,
                        definitionLists::families),
                new Operation<>(
                        "DeregisterTaskDefinition", DeregisterTaskDefinitionRequest::builder, definitions::deregister),
                new Operation<>("DeleteTaskDefinitions", DeleteTaskDefinitionsRequest::builder, definitions::delete),
                new Operation<>("CreateService", CreateServiceRequest::builder, services::create),
                new Operation<>("UpdateService", UpdateServiceRequest::builder, services::update),
                new Operation<>("DeleteService", DeleteServiceRequest::builder, services::delete),
                new Operation<>("DescribeServices", DescribeServicesRequest::builder, serviceQueries::describe),
                new Operation<>("ListServices", ListServicesRequest::builder, serviceQueries::list),
                new Operation<>("ListServiceDeployments", ListServiceDeploymentsRequest::builder, deployments::list),
                new Operation<>(
                        "DescribeServiceDeployments",
                        DescribeServiceDeploymentsRequest::builder,
                        deployments::describe),
                new Operation<>(
                        "DescribeServiceRevisions", DescribeServiceRevisionsRequest::builder, revisions::describe),
                new Operation<>("StopServiceDeployment", StopServiceDeploymentRequest::builder, stops::stop),
                new Operation<>("ContinueServiceDeployment", ContinueServiceDeploymentRequest::builder, stops::goOn),
                new Operation<>("RunTask", RunTaskRequest::builder, runTask::run),
                new Operation<>("StopTask", StopTaskRequest::builder, tasks::stop),
                new Operation<>("DescribeTasks", DescribeTasksRequest::builder, tasks::describe),
                new Operation<>("ListTasks", ListTasksRequest::builder, tasks::list),
                new Operation<>("UpdateTaskProtection", UpdateTaskProtectionRequest::builder, protection::update),
                new Operation<>("GetTaskProtection", GetTaskProtectionRequest::builder, protection::get),
                new Operation<>("ListContainerInstances", ListContainerInstancesRequest::builder, instances::list),
                new Operation<>(
                        "DescribeContainerInstances", DescribeContainerInstancesRequest::builder, instances::describe),
                new Operation<>(
                        "UpdateContainerInstancesState",
                        UpdateContainerInstancesStateRequest::builder,
                        instances::update),
                new Operation<>(
                        "DeregisterContainerInstance",
                        DeregisterContainerInstanceRequest::builder,
                        instances::deregister),
                new Operation<>("PutAttributes", PutAttributesRequest::builder, attributes::put),
                new Operation<>("DeleteAttributes", DeleteAttributesRequest::builder, attributes::delete),
                new Operation<>("ListAttributes", ListAttributesRequest::builder, attributes::list),
                new Operation<>("TagResource", TagResourceRequest::builder, tags::tag),
                new Operation<>("UntagResource", UntagResourceRequest::builder, tags::untag),
                new Operation<>("ListTagsForResource", ListTagsForResourceRequest::builder, tags::list));
    }
}
