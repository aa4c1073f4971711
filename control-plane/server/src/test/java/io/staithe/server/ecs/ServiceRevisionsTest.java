package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.TaskDefinitionId;
import io.staithe.server.ecs.PastDeployments.PastDeployment;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceRevisionsResponse;
import software.amazon.awssdk.services.ecs.model.ServiceRevision;

final class ServiceRevisionsTest {
    private final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");

    private DescribeServiceRevisionsResponse describe(String... arns) {
        return ecs.call(DescribeServiceRevisionsRequest.builder()
                .serviceRevisionArns(arns)
                .build());
    }

    @Test
    void aRevisionIsFoundFromTheMomentItIsAskedFor() {
        CreateServiceResponse created = ecs.call(EcsFixture.service("shop").build());
        String arn = created.service().currentServiceRevisions().get(0).arn();
        for (int i = 0; i < 2; i++) {
            ServiceRevision revision = describe(arn).serviceRevisions().get(0);
            assertEquals(arn, revision.serviceRevisionArn());
            assertEquals(created.service().taskDefinition(), revision.taskDefinition());
            assertEquals("web:1", revision.containerImages().get(0).image());
            ecs.settle();
        }
    }

    @Test
    void showsTheDigestsOfImagesThatAreGivenByTheirTags() {
        CreateServiceResponse created = ecs.call(EcsFixture.service("shop").build());
        ecs.settle();
        var stored = ecs.state()
                .deploymentsOf(Names.service(null, "shop"))
                .findFirst()
                .orElseThrow();
        String digest = "sha256:" + "a".repeat(64);
        String container = ecs.state()
                .taskDefinition(TaskDefinitionId.of("web:1"))
                .orElseThrow()
                .containerDefinitions()
                .get(0)
                .name();
        ecs.put(stored.but()
                .revision(stored.revision()
                        .but()
                        .imageDigests(Map.of(container, digest))
                        .build())
                .build());
        var image = describe(created.service().currentServiceRevisions().get(0).arn())
                .serviceRevisions()
                .get(0)
                .containerImages()
                .get(0);
        assertEquals("web:1", image.image());
        assertEquals(digest, image.imageDigest());
    }

    @Test
    void historyKnowsWhatTheStoreHasForgotten() {
        ecs.call(EcsFixture.service("shop").build());
        ecs.settle();
        var stored = ecs.state()
                .deploymentsOf(Names.service(null, "shop"))
                .findFirst()
                .orElseThrow();
        var gone = Shapes.copy(stored).with("id", new DeploymentId("7")).make();
        ecs.deployments.add(new PastDeployment(
                gone, ecs.state().taskDefinition(TaskDefinitionId.of("web:1")).orElseThrow()));
        DescribeServiceRevisionsResponse answer = describe(
                EcsFixture.ARN + "service-revision/default/shop/7", EcsFixture.ARN + "service-revision/default/shop/8");
        assertEquals(
                List.of(EcsFixture.ARN + "service-revision/default/shop/7"),
                answer.serviceRevisions().stream()
                        .map(ServiceRevision::serviceRevisionArn)
                        .toList());
        assertEquals("MISSING", answer.failures().get(0).reason());
    }

    @Test
    void anythingElseThanTheArnOfARevisionIsRefused() {
        assertEquals(
                "InvalidParameterException",
                ecs.refused(DescribeServiceRevisionsRequest.builder()
                                .serviceRevisionArns(EcsFixture.ARN + "service-deployment/default/shop/7")
                                .build())
                        .code());
    }
}
