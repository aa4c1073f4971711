package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.model.ServiceId;
import io.staithe.server.aws.ApiError;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeServicesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServicesResponse;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

/** Services with the scheduling strategy DAEMON, as ECS's callers see them. */
final class DaemonServicesTest {
    private static final String NO_COUNT = "The daemon scheduling strategy does not support a desired count for"
            + " services. Remove the desired count value and try again";
    private static final String NO_MAXIMUM = "The daemon scheduling strategy does not support values above 100 for"
            + " maximumPercent on a deployment configuration. Change the maximumPercent value to 100, and try again";

    private final EcsFixture ecs =
            new EcsFixture().withDefinition("web").withHost("a", "h1").withHost("b", "h2");

    private static CreateServiceRequest.Builder daemon() {
        return EcsFixture.service("logs").schedulingStrategy("DAEMON").desiredCount(null);
    }

    private Service create() {
        CreateServiceResponse answer = ecs.call(daemon().build());
        return answer.service();
    }

    private Service describe() {
        DescribeServicesResponse answer =
                ecs.call(DescribeServicesRequest.builder().services("logs").build());
        return answer.services().get(0);
    }

    @Test
    void wantsAsManyTasksAsHostsQualify() {
        Service created = create();
        assertEquals("DAEMON", created.schedulingStrategyAsString());
        assertEquals(2, created.desiredCount());
        assertEquals(2, created.deployments().get(0).desiredCount());
        assertEquals(0, created.deploymentConfiguration().minimumHealthyPercent());
        assertEquals(100, created.deploymentConfiguration().maximumPercent());
        ecs.settle();
        assertEquals(2, describe().pendingCount());
        ecs.withHost("c", "h3");
        ecs.settle();
        assertEquals(3, describe().desiredCount());
        assertEquals(3, describe().deployments().get(0).desiredCount());
        assertEquals(3, describe().pendingCount());
    }

    @Test
    void aCreationThatIsRepeatedIsOne() {
        assertEquals(create(), create());
    }

    @Test
    void isDeletedWithoutBeingScaledToZero() {
        create();
        ecs.settle();
        DeleteServiceResponse answer =
                ecs.call(DeleteServiceRequest.builder().service("logs").build());
        assertEquals("DRAINING", answer.service().status());
        ecs.settle();
        assertEquals(0, describe().desiredCount());
    }

    @Test
    void anUpdateRollsOutAndKeepsTheStrategy() {
        create();
        ecs.settle();
        UpdateServiceResponse answer = ecs.call(UpdateServiceRequest.builder()
                .service("logs")
                .forceNewDeployment(true)
                .deploymentConfiguration(d -> d.minimumHealthyPercent(50))
                .build());
        assertEquals("DAEMON", answer.service().schedulingStrategyAsString());
        assertEquals(2, answer.service().deployments().get(0).desiredCount());
        assertEquals(50, answer.service().deploymentConfiguration().minimumHealthyPercent());
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(r -> r.desiredCount(2), NO_COUNT),
                refusal(r -> r.desiredCount(0), NO_COUNT),
                refusal(r -> r.deploymentConfiguration(d -> d.maximumPercent(200)), NO_MAXIMUM),
                refusal(
                        r -> r.placementStrategy(
                                PlacementStrategy.builder().type("random").build()),
                        "The daemon scheduling strategy does not support placement strategies. Remove the placement"
                                + " strategy and try again"),
                refusal(
                        r -> r.capacityProviderStrategy(CapacityProviderStrategyItem.builder()
                                .capacityProvider("FARGATE")
                                .build()),
                        "Specifying a capacity provider strategy is not supported when you create a service using the"
                                + " DAEMON scheduling strategy."));
    }

    private static Arguments refusal(Consumer<CreateServiceRequest.Builder> change, String message) {
        return Arguments.of(change, message);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatADaemonCannotHaveIsRefusedInEcsWords(Consumer<CreateServiceRequest.Builder> change, String message) {
        CreateServiceRequest.Builder request = daemon();
        change.accept(request);
        ApiError error = ecs.refused(request.build());
        assertEquals(message, error.message());
        assertEquals("InvalidParameterException", error.code());
        assertEquals(
                0,
                ecs.state().service(new ServiceId("default", "logs")).stream().count());
    }

    @Test
    void cannotBeScaledNorGivenRoomForTwo() {
        create();
        UpdateServiceRequest.Builder update = UpdateServiceRequest.builder().service("logs");
        assertEquals(
                NO_COUNT, ecs.refused(update.copy().desiredCount(3).build()).message());
        assertEquals(
                NO_MAXIMUM,
                ecs.refused(update.copy()
                                .deploymentConfiguration(d -> d.maximumPercent(200))
                                .build())
                        .message());
    }
}
