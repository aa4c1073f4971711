package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.AvailabilityZoneRebalancing;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceResponse;
import software.amazon.awssdk.services.ecs.model.DeploymentConfiguration;
import software.amazon.awssdk.services.ecs.model.PlacementConstraint;
import software.amazon.awssdk.services.ecs.model.PlacementStrategy;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceResponse;

final class ZoneRebalancingTest {
    private final EcsFixture ecs = new EcsFixture().withDefinition("web");

    private record Row(String message, UnaryOperator<CreateServiceRequest.Builder> request) {
        @Override
        public String toString() {
            return message;
        }
    }

    static Stream<Row> whatCannotHaveIt() {
        return Stream.of(
                new Row(
                        "a maximumPercent of at most 100",
                        request -> request.deploymentConfiguration(DeploymentConfiguration.builder()
                                .maximumPercent(100)
                                .build())),
                new Row("the launch type EXTERNAL", request -> request.launchType("EXTERNAL")),
                new Row(
                        "a placement strategy that does not begin with spread by attribute:ecs.availability-zone",
                        request -> request.placementStrategy(strategy("binpack", "memory"))),
                new Row(
                        "a placement constraint on attribute:ecs.availability-zone",
                        request -> request.placementConstraints(PlacementConstraint.builder()
                                .type("memberOf")
                                .expression("attribute:ecs.availability-zone == a")
                                .build())));
    }

    @ParameterizedTest
    @MethodSource("whatCannotHaveIt")
    void isOffUnlessAskedAndRefusedWhenAsked(Row row) {
        CreateServiceRequest.Builder request = row.request().apply(EcsFixture.service("shop"));
        assertEquals(
                "availabilityZoneRebalancing: cannot be ENABLED with " + row.message(),
                ecs.refused(request.availabilityZoneRebalancing("ENABLED").build())
                        .message());
        assertEquals("DISABLED", created(request.availabilityZoneRebalancing((AvailabilityZoneRebalancing) null)));
    }

    @Test
    void isOnUnlessAsked() {
        assertEquals("ENABLED", created(EcsFixture.service("shop")));
        assertEquals(
                "ENABLED",
                created(EcsFixture.service("zones")
                        .placementStrategy(
                                strategy("spread", "attribute:ecs.availability-zone"), strategy("binpack", "cpu"))));
        assertEquals("DISABLED", created(EcsFixture.service("still").availabilityZoneRebalancing("DISABLED")));
    }

    @Test
    void anUpdateChangesItAndStartsNoDeployment() {
        created(EcsFixture.service("shop").availabilityZoneRebalancing("DISABLED"));
        UpdateServiceRequest.Builder on =
                UpdateServiceRequest.builder().service("shop").availabilityZoneRebalancing("ENABLED");
        UpdateServiceResponse answer = ecs.call(on.build());
        assertEquals("ENABLED", answer.service().availabilityZoneRebalancingAsString());
        assertEquals(1, answer.service().deployments().size());
        UpdateServiceRequest.Builder other =
                UpdateServiceRequest.builder().service("shop").desiredCount(3);
        UpdateServiceResponse kept = ecs.call(other.build());
        assertEquals("ENABLED", kept.service().availabilityZoneRebalancingAsString());
        assertEquals(
                "availabilityZoneRebalancing: cannot be ENABLED with a maximumPercent of at most 100",
                ecs.refused(on.deploymentConfiguration(DeploymentConfiguration.builder()
                                        .maximumPercent(100)
                                        .build())
                                .build())
                        .message());
    }

    private String created(CreateServiceRequest.Builder request) {
        CreateServiceResponse answer = ecs.call(request.build());
        return answer.service().availabilityZoneRebalancingAsString();
    }

    private static PlacementStrategy strategy(String type, String field) {
        return PlacementStrategy.builder().type(type).field(field).build();
    }
}
