package io.staithe.server.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.DeploymentRequest.Action;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.server.aws.ApiError;
import io.staithe.server.ecs.EcsFixture;
import io.staithe.server.ecs.KnownDeployments;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

final class DeploymentApiTest {
    private static final ServiceId SHOP = new ServiceId("default", "shop");
    private final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");
    private final DeploymentApi api =
            new DeploymentApi(ecs.commits, new KnownDeployments((service, limit) -> ecs.deployments), ecs.ids);

    private Service service() {
        return ecs.state().service(SHOP).orElseThrow();
    }

    private Deployment deployment() {
        return ecs.state().deployment(service().deployment()).orElseThrow();
    }

    @BeforeEach
    void twoRevisions() {
        ecs.call(EcsFixture.service("shop").build());
        ecs.settle();
        ecs.put(deployment()
                .but()
                .rollout(Deployment.RolloutState.COMPLETED, "done", EcsFixture.NOW)
                .build());
        ecs.call(EcsFixture.definition("web").cpu("256").build());
        ecs.call(UpdateServiceRequest.builder()
                .service("shop")
                .taskDefinition("web:2")
                .build());
        ecs.settle();
    }

    @Test
    void historyTellsWhatWasDeployedByWhomAndHowItEnded() {
        List<Map<String, Object>> history = api.history(SHOP);
        assertEquals(
                List.of("web:2", "web:1"),
                history.stream().map(entry -> entry.get("taskDefinition")).toList());
        assertEquals(
                List.of("IN_PROGRESS", "SUCCESSFUL"),
                history.stream().map(entry -> entry.get("state")).toList());
        assertEquals("arn:aws:iam::123456789012:user/admin", history.get(0).get("by"));
        assertEquals(List.of("web:1"), history.get(0).get("images"));
        assertThrows(ApiError.class, () -> api.history(new ServiceId("default", "none")));
    }

    @Test
    void revisionsDifferByFieldsOfTheServiceAndOfTheTaskDefinition() {
        Map<String, Object> difference = api.difference(SHOP, "previous", "current");
        assertEquals(
                List.of(Map.of("field", "taskDefinition", "from", "web:1", "to", "web:2")), difference.get("service"));
        assertEquals(List.of(Map.of("field", "cpu", "to", 256)), difference.get("taskDefinition"));
        assertThrows(ApiError.class, () -> api.difference(SHOP, "1", "current"), "two begin with 1");
        assertThrows(ApiError.class, () -> api.difference(SHOP, "7", "current"));
    }

    @Test
    void anyRevisionCanBeDeployedAgain() {
        String before = service().deployment().value();
        Object number = api.revert(SHOP, "previous", EcsFixture.CALLER).get("number");
        assertEquals(number, service().deployment().value());
        assertTrue(!before.equals(number), "a rollback is a deployment of its own");
        assertEquals("web:1", service().revision().taskDefinition().value());
        assertEquals(
                "ConflictException",
                assertThrows(ApiError.class, () -> api.revert(SHOP, "current", EcsFixture.CALLER))
                        .code());
    }

    @Test
    void whatComesBackRunsTheImagesThatItRanAndTheNextDeploymentFindsOutAnew() {
        Map<String, String> digests = Map.of("app", "sha256:" + "a".repeat(64));
        var before = ecs.state()
                .deploymentsOf(SHOP)
                .filter(known -> !known.id().equals(service().deployment()))
                .findFirst()
                .orElseThrow();
        ecs.put(before.but()
                .revision(before.revision().but().imageDigests(digests).build())
                .build());
        api.revert(SHOP, "previous", EcsFixture.CALLER);
        assertEquals(digests, service().revision().imageDigests());

        ecs.call(UpdateServiceRequest.builder().service("shop").desiredCount(3).build());
        assertEquals(digests, service().revision().imageDigests());
        ecs.call(UpdateServiceRequest.builder()
                .service("shop")
                .forceNewDeployment(true)
                .build());
        assertEquals(Map.of(), service().revision().imageDigests());
    }

    @Test
    void progressTellsWhatADeploymentWaitsFor() {
        Map<String, Object> progress = api.progress(SHOP, EcsFixture.CALLER);
        assertEquals("ROLLING", progress.get("strategy"));
        assertEquals(2, progress.get("desired"));
        assertTrue(String.valueOf(progress.get("waitingFor")).startsWith("2 of 2 tasks to become healthy"));
        ecs.put(deployment().but().paused(true).build());
        assertTrue(String.valueOf(api.progress(SHOP, EcsFixture.CALLER).get("wayOut"))
                .contains("deploy continue"));
    }

    @Test
    void pausesWhatIsInProgressAndContinuesWhatIsPaused() {
        assertThrows(ApiError.class, () -> api.ask(SHOP, Action.CONTINUE, EcsFixture.CALLER));
        api.ask(SHOP, Action.PAUSE, EcsFixture.CALLER);
        assertEquals(Action.PAUSE, service().deploymentRequest().action());
    }

    @Test
    void alarmsAreMadeWhenTheyAreSet() {
        Alarms alarms = new Alarms(ecs.commits);
        alarms.set("errors", "ALARM", "5 % of requests", EcsFixture.CALLER);
        assertEquals("ALARM", alarms.list().get(0).get("state"));
        assertEquals("5 % of requests", alarms.list().get(0).get("stateReason"));
        alarms.delete("errors");
        assertEquals(List.of(), alarms.list());
        assertThrows(ApiError.class, () -> alarms.delete("errors"));
        assertThrows(RuntimeException.class, () -> alarms.set("errors", "BAD", null, EcsFixture.CALLER));
    }
}
