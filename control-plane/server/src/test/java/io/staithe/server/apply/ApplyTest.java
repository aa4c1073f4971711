package io.staithe.server.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Action;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Listener;
import io.staithe.core.model.Rule;
import io.staithe.core.model.Service;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.TargetGroup;
import io.staithe.core.model.TaskDefinition;
import io.staithe.server.apply.ApplyResult.ObjectChange;
import io.staithe.server.aws.ApiError;
import io.staithe.server.ecs.EcsFixture;
import io.staithe.server.ecs.FaultyStore.Fault;
import io.staithe.server.manifest.ManifestFile;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class ApplyTest {
    private static final ServiceId WEB = new ServiceId("default", "web");

    private static final String EVERYTHING = """
            kind: Rule
            listenerArn: edge:8080
            priority: 10
            conditions: [{field: path-pattern, values: ['/api/*']}]
            actions: [{type: forward, targetGroupArn: web-tg}]
            ---
            kind: Service
            serviceName: web
            desiredCount: 2
            taskDefinition:
              family: web
              containerDefinitions: [{name: app, image: 'web:1', memory: 64, portMappings: [{containerPort: 80}]}]
            loadBalancers: [{targetGroupArn: web-tg, containerName: app, containerPort: 80}]
            ---
            kind: Listener
            loadBalancerArn: edge
            port: 8080
            defaultActions: [{type: fixed-response, fixedResponseConfig: {statusCode: '404', contentType: text/plain}}]
            ---
            kind: TargetGroup
            name: web-tg
            healthCheckPath: /health
            deregistrationDelaySeconds: 5
            slowStartSeconds: 60
            ---
            kind: LoadBalancer
            name: edge
            """;

    private final EcsFixture ecs = new EcsFixture().withHost("a", "h1");
    private final StaitheApi api = new StaitheApi(ecs.commits, ecs.events, ecs.past, ecs.ids);

    private ApplyResult apply(String yaml) {
        return api.apply(files(yaml), false, null, EcsFixture.CALLER);
    }

    private ApplyResult plan(String yaml) {
        return api.apply(files(yaml), true, null, EcsFixture.CALLER);
    }

    private static List<ManifestFile> files(String yaml) {
        return List.of(ManifestFile.of("web.yaml", yaml));
    }

    private static List<String> actions(ApplyResult result) {
        return result.changes().stream()
                .map(change -> change.action() + " " + change.kind() + " " + change.name())
                .toList();
    }

    private Service web() {
        return ecs.state().service(WEB).orElseThrow();
    }

    @Test
    void writesEverythingInOneCommitWhatOthersReferToFirst() {
        int before = ecs.store.commits();
        ApplyResult result = apply(EVERYTHING);
        assertEquals(1, ecs.store.commits() - before);
        assertEquals(
                List.of(
                        "create LoadBalancer edge",
                        "create TargetGroup web-tg",
                        "create Listener edge:8080",
                        "create Rule edge:8080/10",
                        "create TaskDefinition web:1",
                        "create Service default/web"),
                actions(result));
        assertEquals(ecs.state().revision(), result.revision());
        TargetGroup group =
                ecs.state().get(Key.targetGroup("web-tg"), TargetGroup.class).orElseThrow();
        assertEquals("/health", group.healthCheckPath());
        assertEquals(5, group.deregistrationDelaySeconds());
        assertEquals(60, group.slowStartSeconds());
        assertEquals(1, web().revision().loadBalancers().size());
        Listener listener = ecs.state()
                .get(new Key(Kind.LISTENER, "edge:8080"), Listener.class)
                .orElseThrow();
        assertEquals(
                new Action.FixedResponse(404, "text/plain", null),
                listener.defaultAction().fixedResponse());
        Rule rule =
                ecs.state().get(new Key(Kind.RULE, "edge:8080/10"), Rule.class).orElseThrow();
        assertEquals(List.of("/api/*"), rule.paths());
        assertEquals(Action.forward("web-tg"), rule.action());
    }

    @Test
    void applyingAgainChangesNothing() {
        apply(EVERYTHING);
        long revision = ecs.state().revision();
        ApplyResult again = apply(EVERYTHING);
        assertTrue(again.changes().stream().allMatch(change -> change.action().equals("unchanged")), again.toString());
        assertEquals(revision, ecs.state().revision());
        assertEquals(
                1, ecs.memory.all(Kind.TASK_DEFINITION, TaskDefinition.class).size());
    }

    @Test
    void aChangedImageIsANewRevisionAndANewDeployment() {
        apply(EVERYTHING);
        Service before = web();
        ApplyResult result = apply(EVERYTHING.replace("web:1", "web:2"));
        ObjectChange definition = result.changes().get(4);
        assertEquals("web:2", definition.name());
        assertEquals(
                List.of(
                        new Difference("revision", 1, 2),
                        new Difference("containerDefinitions[0].image", "web:1", "web:2")),
                definition.differences());
        assertEquals(
                List.of(new Difference("taskDefinition", "web:1", "web:2")),
                result.changes().get(5).differences());
        assertNotEquals(before.deployment(), web().deployment());
        assertEquals(before.incarnation(), web().incarnation());
    }

    @Test
    void scalingIsNoNewDeploymentAndACountThatIsLeftOutStays() {
        apply(EVERYTHING);
        Service before = web();
        ApplyResult result = apply(EVERYTHING.replace("desiredCount: 2", "desiredCount: 5"));
        assertEquals(
                List.of(new Difference("desiredCount", 2, 5)),
                result.changes().get(5).differences());
        assertEquals(before.deployment(), web().deployment());
        apply(EVERYTHING.replace("desiredCount: 2\n", ""));
        assertEquals(5, web().desiredCount());
    }

    @Test
    void whatAFileNoLongerSaysOfAServiceIsGone() {
        apply(EVERYTHING);
        apply(EVERYTHING.replace(
                "loadBalancers: [{targetGroupArn: web-tg, containerName: app, containerPort: 80}]\n", ""));
        assertEquals(List.of(), web().revision().loadBalancers());
    }

    @Test
    void aDryRunWritesNothingAndTellsWhatTasksWouldDo() {
        long revision = ecs.state().revision();
        ApplyResult result = plan(EVERYTHING);
        assertEquals(revision, ecs.state().revision());
        assertEquals(revision, result.revision());
        assertTrue(result.dryRun());
        assertEquals(2, result.tasks().start().size());
        assertEquals("h1", result.tasks().start().get(0).host());
        assertEquals("default/web", result.tasks().start().get(0).service());
        assertEquals(List.of(), result.tasks().waiting());
    }

    @Test
    void aDryRunTellsWhichTasksWouldStopAndWhichWouldWait() {
        apply(EVERYTHING);
        ecs.settle();
        ApplyResult smaller = plan(EVERYTHING.replace("desiredCount: 2", "desiredCount: 1"));
        assertEquals(1, smaller.tasks().stop().size());
        ApplyResult larger = plan(EVERYTHING.replace("desiredCount: 2", "desiredCount: 100"));
        assertEquals(62, larger.tasks().start().size());
        assertEquals(36, larger.tasks().waiting().size());
        assertTrue(larger.tasks().waiting().get(0).why().contains("MiB of memory"));
    }

    @Test
    void aPlanThatIsNotTheStatesAnyMoreIsNotCarriedOut() {
        apply(EVERYTHING);
        String scaled = EVERYTHING.replace("desiredCount: 2", "desiredCount: 3");
        long seen = plan(scaled).revision();
        ecs.put(Cluster.of("other", EcsFixture.NOW));
        api.apply(files(scaled), false, seen, EcsFixture.CALLER);
        ApiError error =
                assertThrows(ApiError.class, () -> api.apply(files(EVERYTHING), false, seen, EcsFixture.CALLER));
        assertEquals("ConflictException", error.code());
        assertEquals("the state moved since the plan: /services/default/web was changed", error.message());
    }

    @Test
    void aPlanIsOfTheHostsThatItSaw() {
        apply(EVERYTHING);
        String scaled = EVERYTHING.replace("desiredCount: 2", "desiredCount: 3");
        long seen = plan(scaled).revision();
        ecs.withHost("c", "h3");
        ApiError error = assertThrows(ApiError.class, () -> api.apply(files(scaled), false, seen, EcsFixture.CALLER));
        assertEquals("ConflictException", error.code());
        assertEquals("the state moved since the plan: host h3 came, went or was changed", error.message());
        assertEquals(
                2,
                ecs.state()
                        .service(new ServiceId("default", "web"))
                        .orElseThrow()
                        .desiredCount());
        api.apply(files(scaled), false, plan(scaled).revision(), EcsFixture.CALLER);
        long future = ecs.state().revision() + 1;
        assertThrows(ApiError.class, () -> api.apply(files(scaled), false, future, EcsFixture.CALLER));
        assertEquals(3, web().desiredCount());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void appliesOnceWhateverBecomesOfTheCommit(Fault fault) {
        apply(EVERYTHING);
        ecs.store.next(fault);
        apply(EVERYTHING.replace("web:1", "web:2"));
        assertEquals(
                2, ecs.memory.all(Kind.TASK_DEFINITION, TaskDefinition.class).size());
        assertEquals(2, web().revision().taskDefinition().revision());
    }

    @Test
    void allErrorsAreToldWithTheirLinesAndNothingIsWritten() {
        long revision = ecs.state().revision();
        String wrong =
                EVERYTHING.replace("name: web-tg", "name: web-tg\nport: 70000").replace("memory: 64", "memory: 1");
        ManifestsRefused refused = assertThrows(ManifestsRefused.class, () -> apply(wrong));
        List<String> messages =
                refused.errors().stream().map(error -> error.message()).toList();
        assertEquals(
                List.of(
                        "web.yaml, document 4, line 22: port: must be between 1 and 65535",
                        "web.yaml, document 2, line 12: taskDefinition.containerDefinitions[0].memory: must be between 6"
                                + " and 16777216"),
                messages);
        assertEquals(revision, ecs.state().revision());
    }

    @Test
    void moreThanACommitHoldsIsWrittenInSeveralAndThatIsSaid() {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 300; i++)
            many.append("kind: TargetGroup\nname: tg").append(i).append("\n---\n");
        ApplyResult result = apply(many.toString());
        assertEquals(300, result.changes().size());
        assertEquals(300, ecs.memory.all(Kind.TARGET_GROUP, TargetGroup.class).size());
        assertEquals(List.of("Written in 3 commits, because it is more than one holds."), result.notes());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "kind: Listener\\nloadBalancerArn: none\\nport: 80\\ndefaultActions: [{type: fixed-response, fixedResponseConfig: {statusCode: '200'}}] | loadBalancerArn: no load balancer is named none",
                "kind: LoadBalancer\\nname: x\\ntype: network | type: must be application",
                "kind: TargetGroup\\nname: x\\nprotocol: TCP | protocol: must be one of HTTP",
                "kind: TargetGroup\\nname: x\\nhealthCheckPort: '81' | healthCheckPort: must be traffic-port",
                "kind: Rule\\nlistenerArn: none:1\\npriority: 1\\nactions: [{type: forward, targetGroupArn: t}] | listenerArn: no listener is named none:1; it must be NAME:PORT",
                "serviceName: x\\ntaskDefinition: none | TaskDefinition not found.",
                "serviceName: x\\ncluster: none\\ntaskDefinition: none | Cluster not found."
            })
    void refusesWhatCannotBe(String yaml, String message) {
        ManifestsRefused refused =
                assertThrows(ManifestsRefused.class, () -> apply(yaml.strip().replace("\\n", "\n")));
        assertTrue(
                refused.errors().get(0).message().endsWith(message),
                refused.errors().get(0).message());
    }

    @Test
    void aPortIsOneLoadBalancers() {
        apply(EVERYTHING);
        ManifestsRefused refused = assertThrows(
                ManifestsRefused.class,
                () -> apply(EVERYTHING.replace("edge", "other").replace("web", "shop")));
        assertTrue(refused.errors().get(0).message().endsWith("port: is taken by load balancer edge"));
    }

    @Test
    void redirectsKeepThePartsThatElbWritesAsPlaceholders() {
        apply("""
                kind: LoadBalancer
                name: edge
                ---
                kind: Listener
                loadBalancerArn: edge
                port: 80
                defaultActions:
                - type: redirect
                  redirectConfig: {protocol: HTTPS, port: '443', host: '#{host}', path: '/#{path}', query: '#{query}', statusCode: HTTP_301}
                """);
        Listener listener = ecs.state()
                .get(new Key(Kind.LISTENER, "edge:80"), Listener.class)
                .orElseThrow();
        assertEquals(
                new Action.Redirect(301, "HTTPS", null, 443, null),
                listener.defaultAction().redirect());
    }
}
