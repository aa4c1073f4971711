package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.ServiceEvent;
import io.staithe.core.model.ServiceId;
import io.staithe.server.aws.ApiError;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.AwsVpcConfiguration;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.Deployment;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.LoadBalancer;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.ServiceRegistry;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** What is created, what is shown of it, and what cannot be. */
class ServicesTest extends ServicesScene {
    @Test
    void showsEverythingThatTerraformReads() {
        Service service = create(EcsFixture.service("shop")
                .loadBalancers(LoadBalancer.builder()
                        .targetGroupArn("web-tg")
                        .containerName("app")
                        .containerPort(80)
                        .build()));
        assertEquals(EcsFixture.ARN + "service/default/shop", service.serviceArn());
        assertEquals(EcsFixture.ARN + "cluster/default", service.clusterArn());
        assertEquals(EcsFixture.ARN + "task-definition/web:1", service.taskDefinition());
        assertEquals("ACTIVE", service.status());
        assertEquals(2, service.desiredCount());
        assertEquals("ECS", service.deploymentController().typeAsString());
        assertEquals(100, service.deploymentConfiguration().minimumHealthyPercent());
        assertEquals(200, service.deploymentConfiguration().maximumPercent());
        assertFalse(service.deploymentConfiguration().deploymentCircuitBreaker().enable());
        assertEquals("REPLICA", service.schedulingStrategyAsString());
        assertEquals("NONE", service.propagateTagsAsString());
        assertEquals("ENABLED", service.availabilityZoneRebalancingAsString());
        assertEquals(false, service.enableECSManagedTags());
        assertEquals(false, service.enableExecuteCommand());
        assertTrue(service.loadBalancers()
                .get(0)
                .targetGroupArn()
                .startsWith("arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/web-tg/"));
    }

    @Test
    void thePrimaryDeploymentIsThereBeforeTheControlLoopMakesIt() {
        Service before = create(EcsFixture.service("shop"));
        Deployment deployment = before.deployments().get(0);
        assertTrue(deployment.id().matches("ecs-svc/[0-9]{19}"));
        assertEquals("PRIMARY", deployment.status());
        assertEquals("IN_PROGRESS", deployment.rolloutStateAsString());
        assertEquals(EcsFixture.NOW, deployment.createdAt());
        ecs.settle();
        Service after = describe("shop");
        assertEquals(1, after.deployments().size());
        assertEquals(deployment.id(), after.deployments().get(0).id());
        assertEquals(2, after.pendingCount());
        assertEquals(2, after.deployments().get(0).pendingCount());
    }

    @Test
    void anOlderDeploymentIsActiveFromTheMomentThatAnotherIsAskedFor() {
        create(EcsFixture.service("shop"));
        ecs.settle();
        Service updated = update(UpdateServiceRequest.builder().forceNewDeployment(true));
        assertEquals(
                List.of("PRIMARY", "ACTIVE"),
                updated.deployments().stream().map(Deployment::status).toList());
        assertNotEquals(
                updated.deployments().get(0).id(), updated.deployments().get(1).id());
    }

    @Test
    void theSameCreationTwiceIsOne() {
        Service first = create(EcsFixture.service("shop").clientToken("t"));
        assertEquals(first, create(EcsFixture.service("shop").clientToken("t")));
        assertEquals(first, create(EcsFixture.service("shop").clientToken("u")));
        assertEquals(first, create(EcsFixture.service("shop")));
    }

    @Test
    void aRepeatedCreationIsRecognisedAlsoAfterTheServiceChanged() {
        create(EcsFixture.service("shop").clientToken("t"));
        update(UpdateServiceRequest.builder().desiredCount(5));
        assertEquals(5, create(EcsFixture.service("shop").clientToken("t")).desiredCount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"t", "u"})
    void anotherCreationOfTheSameNameIsRefused(String token) {
        create(EcsFixture.service("shop").clientToken("t"));
        ApiError error = ecs.refused(
                EcsFixture.service("shop").desiredCount(3).clientToken(token).build());
        assertEquals("InvalidParameterException", error.code());
        assertEquals("Creation of service was not idempotent.", error.message());
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(r -> r.cluster("nowhere"), "ClusterNotFoundException", "Cluster not found."),
                refusal(r -> r.taskDefinition("api"), "ClientException", "TaskDefinition not found."),
                refusal(
                        r -> r.serviceName("a b"),
                        "InvalidParameterException",
                        "serviceName: must be 1 to 255 letters, digits, hyphens and underscores"),
                refusal(
                        r -> r.desiredCount(5001),
                        "InvalidParameterException",
                        "desiredCount: must be between 0 and 5000"),
                refusal(
                        r -> r.deploymentController(c -> c.type("CODE_DEPLOY")),
                        "UnsupportedFeatureException",
                        "The deployment controller must be ECS."),
                refusal(
                        r -> r.schedulingStrategy("TWICE"),
                        "InvalidParameterException",
                        "schedulingStrategy: must be REPLICA or DAEMON"),
                refusal(
                        r -> r.launchType("FARGATE"),
                        "InvalidParameterException",
                        "Task definition does not support launch_type FARGATE."),
                refusal(
                        r -> r.launchType("EC2")
                                .capacityProviderStrategy(CapacityProviderStrategyItem.builder()
                                        .capacityProvider("FARGATE")
                                        .build()),
                        "InvalidParameterException",
                        "Specifying both a launch type and capacity provider strategy is not supported. Remove one and try"
                                + " again."),
                refusal(
                        r -> r.networkConfiguration(n -> n.awsvpcConfiguration(
                                AwsVpcConfiguration.builder().subnets("s-1").build())),
                        "InvalidParameterException",
                        "Network Configuration is not valid for the given networkMode of this task definition."),
                refusal(
                        r -> r.loadBalancers(loadBalancer("none", "app", 80)),
                        "InvalidParameterException",
                        "The target group with targetGroupArn none does not exist."),
                refusal(
                        r -> r.loadBalancers(loadBalancer("web-tg", "other", 80)),
                        "InvalidParameterException",
                        "The container other does not exist in the task definition."),
                refusal(
                        r -> r.loadBalancers(loadBalancer("web-tg", "app", 81)),
                        "InvalidParameterException",
                        "The container app did not have a container port 81 defined."),
                refusal(
                        r -> r.loadBalancers(loadBalancer("web-tg", "app", 80).toBuilder()
                                .loadBalancerName("classic")
                                .build()),
                        "InvalidParameterException",
                        "loadBalancers[0].loadBalancerName: is not supported"),
                refusal(
                        r -> r.serviceRegistries(
                                ServiceRegistry.builder().registryArn("x").build()),
                        "InvalidParameterException",
                        "serviceRegistries: is not supported"),
                refusal(
                        r -> r.deploymentConfiguration(d -> d.minimumHealthyPercent(101)),
                        "InvalidParameterException",
                        "deploymentConfiguration.minimumHealthyPercent: must be between 0 and 100"),
                refusal(
                        r -> r.deploymentConfiguration(d -> d.strategy("BLUE")),
                        "InvalidParameterException",
                        "deploymentConfiguration.strategy: must be one of ROLLING, BLUE_GREEN, LINEAR, CANARY"),
                refusal(
                        r -> r.deploymentConfiguration(
                                d -> d.canaryConfiguration(canary -> canary.canaryPercent(20.0))),
                        "InvalidParameterException",
                        "deploymentConfiguration.canaryConfiguration: needs the strategy CANARY"),
                refusal(
                        r -> r.placementConstraints(PlacementConstraint.builder()
                                .type("memberOf")
                                .expression("nonsense")
                                .build()),
                        "InvalidParameterException",
                        "placementConstraints[0].expression: at column 1 expected one of agentConnected, agentVersion,"
                                + " attribute:NAME, ec2InstanceId, registeredAt, runningTasksCount, task:group, found"
                                + " 'nonsense'"));
    }

    private static Arguments refusal(Consumer<CreateServiceRequest.Builder> change, String code, String message) {
        return Arguments.of(change, code, message);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatCannotBeIsRefusedInEcsWords(Consumer<CreateServiceRequest.Builder> change, String code, String message) {
        CreateServiceRequest.Builder request = EcsFixture.service("shop");
        change.accept(request);
        long revision = ecs.state().revision();
        ApiError error = ecs.refused(request.build());
        assertEquals(message, error.message());
        assertEquals(code, error.code());
        assertEquals(revision, ecs.state().revision());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop",
                "arn:aws:ecs:us-east-1:123456789012:service/default/shop",
                "arn:aws:ecs:us-east-1:123456789012:service/shop"
            })
    void isCalledByNameOrArn(String name) {
        create(EcsFixture.service("shop"));
        assertEquals("shop", describe(name).serviceName());
    }

    @Test
    void anArnOfAnotherClusterIsRefused() {
        ApiError error = ecs.refused(DescribeServicesRequest.builder()
                .cluster("default")
                .services(EcsFixture.ARN + "service/other/shop")
                .build());
        assertEquals("Identifier is for cluster other. Your cluster is default", error.message());
    }

    @Test
    void describesWhatIsThereAndWhatIsNot() {
        create(EcsFixture.service("shop"));
        DescribeServicesResponse answer = ecs.call(
                DescribeServicesRequest.builder().services("shop", "none").build());
        assertEquals(1, answer.services().size());
        assertEquals("MISSING", answer.failures().get(0).reason());
        assertEquals(
                EcsFixture.ARN + "service/default/none",
                answer.failures().get(0).arn());
        assertEquals(
                "Services cannot be empty.",
                ecs.refused(DescribeServicesRequest.builder().build()).message());
    }

    @Test
    void showsWhatWasSaidOfIt() {
        create(EcsFixture.service("shop"));
        ecs.events.add(new ServiceEvent(
                "e-1",
                EcsFixture.NOW,
                "service",
                new ServiceId("default", "shop"),
                null,
                "SERVICE_STEADY_STATE",
                "steady"));
        assertEquals("steady", describe("shop").events().get(0).message());
        assertEquals("e-1", describe("shop").events().get(0).id());
    }
}
