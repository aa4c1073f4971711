package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.staithe.server.aws.ApiError;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DeleteServiceRequest;
import software.amazon.awssdk.services.ecs.model.DeleteServiceResponse;
import software.amazon.awssdk.services.ecs.model.ListServicesRequest;
import software.amazon.awssdk.services.ecs.model.ListServicesResponse;
import software.amazon.awssdk.services.ecs.model.Service;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

/** How a service is changed, and how it goes. */
class ServiceUpdatesTest extends ServicesScene {
    @Test
    void scalingChangesInPlaceAndWhatTasksAreMadeOfDeploysAnew() {
        String first = create(EcsFixture.service("shop")).deployments().get(0).id();
        assertEquals(
                first,
                update(UpdateServiceRequest.builder()
                                .desiredCount(4)
                                .deploymentConfiguration(d -> d.maximumPercent(150)))
                        .deployments()
                        .get(0)
                        .id());
        ecs.withDefinition("web");
        Service updated = update(UpdateServiceRequest.builder().taskDefinition("web"));
        assertEquals(EcsFixture.ARN + "task-definition/web:2", updated.taskDefinition());
        assertNotEquals(first, updated.deployments().get(0).id());
        assertEquals(4, updated.desiredCount());
        assertEquals(150, updated.deploymentConfiguration().maximumPercent());
        assertEquals(100, updated.deploymentConfiguration().minimumHealthyPercent());
    }

    @Test
    void anUpdateThatChangesNothingWritesNothing() {
        create(EcsFixture.service("shop"));
        long revision = ecs.state().revision();
        update(UpdateServiceRequest.builder().desiredCount(2).taskDefinition("web:1"));
        assertEquals(revision, ecs.state().revision());
    }

    @Test
    void anEmptyListClearsAndAnAbsentOneStays() {
        create(EcsFixture.service("shop").loadBalancers(loadBalancer("web-tg", "app", 80)));
        assertEquals(
                1,
                update(UpdateServiceRequest.builder().desiredCount(1))
                        .loadBalancers()
                        .size());
        assertEquals(
                0,
                update(UpdateServiceRequest.builder().loadBalancers(List.of()))
                        .loadBalancers()
                        .size());
    }

    @Test
    void onlyActiveServicesAreUpdated() {
        assertEquals(
                "ServiceNotFoundException",
                ecs.refused(UpdateServiceRequest.builder().service("shop").build())
                        .code());
        create(EcsFixture.service("shop"));
        ecs.call(DeleteServiceRequest.builder().service("shop").force(true).build());
        assertEquals(
                "ServiceNotActiveException",
                ecs.refused(UpdateServiceRequest.builder().service("shop").build())
                        .code());
    }

    @Test
    void aServiceThatWantsTasksIsOnlyDeletedByForce() {
        create(EcsFixture.service("shop"));
        ApiError error =
                ecs.refused(DeleteServiceRequest.builder().service("shop").build());
        assertEquals("The service cannot be stopped while the primary deployment is scaled above 0.", error.message());
        update(UpdateServiceRequest.builder().desiredCount(0));
        DeleteServiceResponse deleted =
                ecs.call(DeleteServiceRequest.builder().service("shop").build());
        assertEquals("DRAINING", deleted.service().status());
    }

    @Test
    void aDeletedServiceStaysReadableAndItsNameIsFreeAgain() {
        create(EcsFixture.service("shop").desiredCount(0));
        ecs.call(DeleteServiceRequest.builder().service("shop").build());
        assertEquals(
                "Unable to Start a service that is still Draining.",
                ecs.refused(EcsFixture.service("shop").build()).message());
        ecs.settle();
        assertEquals("INACTIVE", describe("shop").status());
        ListServicesResponse list = ecs.call(ListServicesRequest.builder().build());
        assertEquals(List.of(), list.serviceArns());
        assertEquals(
                "ServiceNotFoundException",
                ecs.refused(DeleteServiceRequest.builder().service("shop").build())
                        .code());
        assertEquals("ACTIVE", create(EcsFixture.service("shop")).status());
    }
}
