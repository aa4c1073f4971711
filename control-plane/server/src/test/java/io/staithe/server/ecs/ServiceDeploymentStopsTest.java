package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentRequest.Action;
import io.staithe.core.model.HookRun;
import io.staithe.core.model.LifecycleStage;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsRequest;
import software.amazon.awssdk.services.ecs.model.DescribeServiceDeploymentsResponse;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentRequest;
import software.amazon.awssdk.services.ecs.model.StopServiceDeploymentResponse;

final class ServiceDeploymentStopsTest {
    private static final ServiceId SHOP = new ServiceId("default", "shop");
    private final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");

    @BeforeEach
    void aDeploymentInProgress() {
        ecs.call(EcsFixture.service("shop").build());
        ecs.settle();
    }

    private Service service() {
        return ecs.state().service(SHOP).orElseThrow();
    }

    private Deployment deployment() {
        return ecs.state().deployment(service().deployment()).orElseThrow();
    }

    private String arn() {
        return EcsFixture.ARN + "service-deployment/default/shop/" + service().deployment();
    }

    private StopServiceDeploymentRequest stop(String type) {
        return StopServiceDeploymentRequest.builder()
                .serviceDeploymentArn(arn())
                .stopType(type)
                .build();
    }

    private ContinueServiceDeploymentRequest goOn(String hook, String action) {
        return ContinueServiceDeploymentRequest.builder()
                .serviceDeploymentArn(arn())
                .hookId(hook)
                .action(action)
                .build();
    }

    private String status() {
        DescribeServiceDeploymentsResponse answer = ecs.call(DescribeServiceDeploymentsRequest.builder()
                .serviceDeploymentArns(arn())
                .build());
        return answer.serviceDeployments().get(0).statusAsString();
    }

    @Test
    void asksTheLoopToStopOrToRollBack() {
        StopServiceDeploymentResponse answer = ecs.call(stop("ABORT"));
        assertEquals(arn(), answer.serviceDeploymentArn());
        assertEquals(Action.ABORT, service().deploymentRequest().action());
        assertEquals(service().deployment(), service().deploymentRequest().deployment());
        assertEquals("STOP_REQUESTED", status());
        ecs.call(stop(null));
        assertEquals(Action.ROLLBACK, service().deploymentRequest().action());
        assertEquals("ROLLBACK_REQUESTED", status());
    }

    @Test
    void whatIsOverCannotBeStopped() {
        ecs.put(deployment()
                .but()
                .rollout(Deployment.RolloutState.COMPLETED, "done", EcsFixture.NOW)
                .build());
        assertEquals("ConflictException", ecs.refused(stop("ABORT")).code());
        assertNull(service().deploymentRequest());
    }

    @Test
    void continuesADeploymentThatWaitsAtThatHook() {
        assertEquals(
                "InvalidParameterException",
                ecs.refused(goOn("PRE_SCALE_UP-0", null)).code());
        ecs.put(deployment()
                .but()
                .stage(LifecycleStage.PRE_SCALE_UP, EcsFixture.NOW)
                .hooks(List.of(new HookRun(0, null, EcsFixture.NOW, null)))
                .build());
        ecs.call(goOn("PRE_SCALE_UP-0", "CONTINUE"));
        assertEquals(Action.CONTINUE, service().deploymentRequest().action());
        ecs.call(goOn("PRE_SCALE_UP-0", "ROLLBACK"));
        assertEquals(Action.ROLLBACK, service().deploymentRequest().action());
        assertEquals(
                "InvalidParameterException",
                ecs.refused(goOn("PRE_SCALE_UP-0", "MAYBE")).code());
    }

    @Test
    void aRollbackIsToldByItsOutcome() {
        Deployment failed = Shapes.copy(deployment())
                .with("id", new io.staithe.core.model.DeploymentId("9"))
                .with("rolloutState", Deployment.RolloutState.FAILED)
                .with("rollback", new Deployment.Rollback(deployment().id(), "tasks failed to start", Instant.EPOCH))
                .make();
        assertEquals(
                "ROLLBACK_IN_PROGRESS", DeploymentState.of(ecs.state(), failed).toString());
        ecs.put(deployment()
                .but()
                .rollout(Deployment.RolloutState.COMPLETED, "done", EcsFixture.NOW)
                .build());
        assertEquals(
                "ROLLBACK_SUCCESSFUL", DeploymentState.of(ecs.state(), failed).toString());
    }
}
