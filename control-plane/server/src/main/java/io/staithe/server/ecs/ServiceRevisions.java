package io.staithe.server.ecs;

import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.ImageName;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.ClusterState;
import io.staithe.server.aws.Caller;
import io.staithe.server.ecs.PastDeployments.PastDeployment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ecs.model.ContainerImage;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsResponse;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;

/** What a service's tasks were made of, deployment by deployment: a revision bears its deployment's number. */
final class ServiceRevisions {
    private static final int MAX_DESCRIBED_AT_ONCE = 20;

    private final Commits commits;
    private final KnownDeployments known;

    ServiceRevisions(Commits commits, KnownDeployments known) {
        this.commits = commits;
        this.known = known;
    }

    DescribeServiceRevisionsResponse describe(DescribeServiceRevisionsRequest request, Caller caller) {
        Requests.batch(request.serviceRevisionArns(), MAX_DESCRIBED_AT_ONCE, "ServiceRevisionArns");
        ClusterState state = commits.state();
        List<ServiceRevision> found = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        for (String arn : request.serviceRevisionArns()) {
            List<String> path = Names.serviceRevision(arn);
            ServiceId service = new ServiceId(path.get(0), path.get(1));
            known.find(state, service, new DeploymentId(path.get(2)))
                    .ifPresentOrElse(
                            deployment -> found.add(view(deployment, Arns.of(caller))),
                            () -> failures.add(Requests.missing(arn)));
        }
        return DescribeServiceRevisionsResponse.builder()
                .serviceRevisions(found)
                .failures(failures)
                .build();
    }

    private static ServiceRevision view(PastDeployment known, Arns arns) {
        var deployment = known.deployment();
        var revision = deployment.revision();
        return Shapes.write(revision, ServiceRevision.builder(), "loadBalancers", "networkConfiguration")
                .serviceRevisionArn(arns.serviceRevision(deployment.service(), deployment.id()))
                .serviceArn(arns.service(deployment.service()))
                .clusterArn(arns.cluster(deployment.service().cluster()))
                .taskDefinition(arns.taskDefinition(revision.taskDefinition()))
                .launchType(ServiceView.launchType(revision))
                .platformVersion(FargatePlatform.resolved(revision))
                .platformFamily(FargatePlatform.family(revision))
                .loadBalancers(ServiceView.loadBalancers(revision.loadBalancers(), arns))
                .networkConfiguration(ServiceView.network(revision.networkConfiguration()))
                .containerImages(images(known.taskDefinition(), revision.imageDigests()))
                .guardDutyEnabled(false)
                .createdAt(deployment.createdAt())
                .build();
    }

    /** @param digests by container, of the images that were named by their tags */
    private static List<ContainerImage> images(@Nullable TaskDefinition definition, Map<String, String> digests) {
        if (definition == null) return List.of();
        return definition.containerDefinitions().stream()
                .map(container -> ContainerImage.builder()
                        .containerName(container.name())
                        .image(container.image())
                        .imageDigest(ImageName.digestOf(container.image()).orElse(digests.get(container.name())))
                        .build())
                .toList();
    }
}
