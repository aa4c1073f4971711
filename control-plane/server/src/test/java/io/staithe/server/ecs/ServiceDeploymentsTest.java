package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.ListServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.ServiceDeploymentBrief;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

final class ServiceDeploymentsTest {
    private final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");

    private List<ServiceDeploymentBrief> list(ListServiceDeploymentsRequest.Builder request) {
        ListServiceDeploymentsResponse answer = ecs.call(request.service("shop").build());
        return answer.serviceDeployments();
    }

    @Test
    void terraformFindsTheDeploymentByTheNumberInItsRevision() {
        CreateServiceResponse created = ecs.call(EcsFixture.service("shop").build());
        String number = created.service().deployments().get(0).id().substring("ecs-svc/".length());
        ServiceDeploymentBrief brief = list(ListServiceDeploymentsRequest.builder()
                        .createdAt(range -> range.after(EcsFixture.NOW.minusSeconds(1))))
                .get(0);
        assertTrue(brief.targetServiceRevisionArn().contains(number));
        DescribeServiceDeploymentsResponse full = ecs.call(DescribeServiceDeploymentsRequest.builder()
                .serviceDeploymentArns(brief.serviceDeploymentArn())
                .build());
        assertEquals("IN_PROGRESS", full.serviceDeployments().get(0).statusAsString());
        assertEquals(2, full.serviceDeployments().get(0).targetServiceRevision().requestedTaskCount());
        assertEquals(List.of(), full.failures());
    }

    @Test
    void aDeploymentThatIsReplacedBeforeItIsThroughCountsAsStopped() {
        ecs.call(EcsFixture.service("shop").build());
        ecs.settle();
        ecs.call(UpdateServiceRequest.builder()
                .service("shop")
                .forceNewDeployment(true)
                .build());
        List<String> states = list(ListServiceDeploymentsRequest.builder()).stream()
                .map(ServiceDeploymentBrief::statusAsString)
                .toList();
        assertEquals(List.of("IN_PROGRESS", "STOPPED"), states);
        assertEquals(
                1,
                list(ListServiceDeploymentsRequest.builder().statusWithStrings("STOPPED"))
                        .size());
    }

    @Test
    void listsOnlyWhatWasCreatedInTheRange() {
        ecs.call(EcsFixture.service("shop").build());
        assertEquals(
                0,
                list(ListServiceDeploymentsRequest.builder().createdAt(range -> range.before(EcsFixture.NOW)))
                        .size());
        assertEquals(
                0,
                list(ListServiceDeploymentsRequest.builder()
                                .createdAt(range -> range.after(EcsFixture.NOW.plusSeconds(1))))
                        .size());
    }

    @Test
    void whatIsNotThereIsMissing() {
        ecs.call(EcsFixture.service("shop").build());
        DescribeServiceDeploymentsResponse answer = ecs.call(DescribeServiceDeploymentsRequest.builder()
                .serviceDeploymentArns(EcsFixture.ARN + "service-deployment/default/shop/7")
                .build());
        assertEquals("MISSING", answer.failures().get(0).reason());
        assertEquals(
                "ServiceNotFoundException",
                ecs.refused(ListServiceDeploymentsRequest.builder()
                                .service("none")
                                .build())
                        .code());
        assertEquals(
                "InvalidParameterException",
                ecs.refused(DescribeServiceDeploymentsRequest.builder()
                                .serviceDeploymentArns("shop")
                                .build())
                        .code());
    }
}
