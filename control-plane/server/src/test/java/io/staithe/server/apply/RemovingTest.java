package io.staithe.server.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskDefinitionId;
import io.staithe.server.aws.ApiError;
import io.staithe.server.ecs.EcsFixture;
import io.staithe.server.manifest.ManifestFile;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RemovingTest {
    private static final List<ManifestFile> FILES = List.of(ManifestFile.of("web.yaml", """
            clusterName: prod
            ---
            kind: Service
            cluster: prod
            serviceName: web
            desiredCount: 2
            taskDefinition:
              family: web
              containerDefinitions: [{name: app, image: 'web:1', memory: 64, portMappings: [{containerPort: 80}]}]
            loadBalancers: [{targetGroupArn: web-tg, containerName: app, containerPort: 80}]
            ---
            kind: TargetGroup
            name: web-tg
            ---
            kind: LoadBalancer
            name: edge
            ---
            kind: Listener
            loadBalancerArn: edge
            port: 8080
            defaultActions: [{type: forward, targetGroupArn: web-tg}]
            ---
            kind: Rule
            listenerArn: edge:8080
            priority: 1
            conditions: [{field: host-header, hostHeaderConfig: {values: [a.example]}}]
            actions: [{type: forward, forwardConfig: {targetGroups: [{targetGroupArn: web-tg}]}}]
            """));

    private final EcsFixture ecs = new EcsFixture();
    private final StaitheApi api = new StaitheApi(ecs.commits, ecs.events, ecs.past, ecs.ids);

    private List<String> delete(boolean dryRun) {
        return api.delete(FILES, dryRun, EcsFixture.CALLER).changes().stream()
                .map(change -> change.action() + " " + change.kind() + " " + change.name())
                .toList();
    }

    private void applied() {
        api.apply(FILES, false, null, EcsFixture.CALLER);
        ecs.settle();
    }

    @Test
    void deletesInOrderAndKeepsWhatAStoppingServiceNeeds() {
        applied();
        List<String> first = List.of(
                "delete Service prod/web",
                "delete TaskDefinition web",
                "delete Rule edge:8080/1",
                "delete Listener edge:8080",
                "waits TargetGroup web-tg",
                "delete LoadBalancer edge",
                "waits Cluster prod");
        assertEquals(first, delete(true));
        assertEquals(first, delete(false));
        assertEquals("waits Service prod/web", delete(true).get(0));
        ecs.settle();
        assertEquals(
                List.of(
                        "absent Service prod/web",
                        "absent TaskDefinition web",
                        "absent Rule edge:8080/1",
                        "absent Listener edge:8080",
                        "delete TargetGroup web-tg",
                        "absent LoadBalancer edge",
                        "delete Cluster prod"),
                delete(false));
        assertEquals(
                Service.Status.INACTIVE,
                ecs.state().service(new ServiceId("prod", "web")).orElseThrow().status());
        assertEquals(
                TaskDefinition.Status.INACTIVE,
                ecs.state()
                        .taskDefinition(new TaskDefinitionId("web", 1))
                        .orElseThrow()
                        .status());
        assertEquals(0, ecs.state().count(Kind.TARGET_GROUP));
    }

    @Test
    void saysWhatKeepsATargetGroup() {
        applied();
        api.delete(FILES, false, EcsFixture.CALLER);
        String why = api.delete(FILES, true, EcsFixture.CALLER).changes().stream()
                .filter(change -> change.kind().equals("TargetGroup"))
                .findFirst()
                .orElseThrow()
                .why();
        assertEquals("service prod/web registers its tasks with it, and is still stopping them", why);
    }

    @Test
    void whatOthersUseIsKeptWhateverElseIsStopping() {
        applied();
        List<ManifestFile> other = List.of(ManifestFile.of("other.yaml", """
                kind: Listener
                loadBalancerArn: edge
                port: 9090
                defaultActions: [{type: forward, targetGroupArn: web-tg}]
                """));
        api.apply(other, false, null, EcsFixture.CALLER);
        List<ManifestFile> group = List.of(ManifestFile.of("group.yaml", """
                kind: TargetGroup
                name: web-tg
                """));
        api.delete("listeners", "edge:8080");
        var kept = api.delete(group, false, EcsFixture.CALLER).changes().get(0);
        assertEquals("kept", kept.action());
        assertEquals("listener edge:9090 forwards to it", kept.why());
        api.delete("listeners", "edge:9090");
        kept = api.delete(group, false, EcsFixture.CALLER).changes().get(0);
        assertEquals("kept", kept.action(), "its service is not being deleted");
        assertEquals("service prod/web registers its tasks with it", kept.why());
    }

    @Test
    void aListenerGoesWithItsRulesAndALoadBalancerWithItsListeners() {
        applied();
        api.delete("listeners", "edge:8080");
        assertEquals(0, ecs.state().count(Kind.RULE));
        api.apply(FILES, false, null, EcsFixture.CALLER);
        assertEquals(1, ecs.state().count(Kind.RULE));
        api.delete("load-balancers", "edge");
        assertEquals(0, ecs.state().count(Kind.RULE) + ecs.state().count(Kind.LISTENER));
    }

    @Test
    void whatIsInUseOrNotThereIsNotDeletedByName() {
        applied();
        ApiError inUse = assertThrows(ApiError.class, () -> api.delete("target-groups", "web-tg"));
        assertEquals("ResourceInUseException", inUse.code());
        assertTrue(ecs.state().get(Key.targetGroup("web-tg")).isPresent());
        assertEquals(
                "ResourceNotFoundException",
                assertThrows(ApiError.class, () -> api.delete("rules", "edge:8080/9"))
                        .code());
        assertEquals(
                "ResourceNotFoundException",
                assertThrows(ApiError.class, () -> api.delete("tasks", "x")).code());
    }

    @Test
    void listsWhatTheEcsApiDoesNotHave() {
        applied();
        assertEquals(
                "edge", api.list("load-balancers", EcsFixture.CALLER).get(0).get("name"));
        assertEquals(8080, api.list("listeners", EcsFixture.CALLER).get(0).get("port"));
        assertEquals(
                List.of("a.example"),
                api.list("rules", EcsFixture.CALLER).get(0).get("hosts"));
        var group = api.list("target-groups", EcsFixture.CALLER).get(0);
        assertEquals("/", group.get("healthCheckPath"));
        assertEquals(List.of(), group.get("targets"));
        assertTrue(String.valueOf(group.get("arn")).contains(":targetgroup/web-tg/"));
    }
}
