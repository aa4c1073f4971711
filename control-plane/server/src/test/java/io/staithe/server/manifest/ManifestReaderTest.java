package io.staithe.server.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Invalid;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.ecs.model.CreateClusterRequest;
import software.amazon.awssdk.services.ecs.model.CreateServiceRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateListenerRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateRuleRequest;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.CreateTargetGroupRequest;

/** What is read out of files that are right. */
final class ManifestReaderTest {
    /** A document, and its kind and name. */
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("{family: web, containerDefinitions: []}", "TaskDefinition web"),
            Map.entry("{serviceName: web}", "Service default/web"),
            Map.entry("{desiredCount: 2}", "Service default/null"),
            Map.entry("{cluster: prod, serviceName: web, taskDefinition: web}", "Service prod/web"),
            Map.entry("{clusterName: prod}", "Cluster prod"),
            Map.entry("{kind: Cluster}", "Cluster default"),
            Map.entry("{kind: cluster, clusterName: a}", "Cluster a"),
            Map.entry("{Kind: TASKDEFINITION, family: web}", "TaskDefinition web"),
            Map.entry("{kind: TargetGroup, name: web}", "TargetGroup web"),
            Map.entry("{kind: TargetGroup, Name: web}", "TargetGroup web"),
            Map.entry("{kind: LoadBalancer, name: edge}", "LoadBalancer edge"),
            Map.entry("{kind: Listener, loadBalancerArn: edge, port: 80}", "Listener edge:80"),
            Map.entry("{kind: Rule, listenerArn: 'edge:80', priority: 10}", "Rule edge:80/10"),
            Map.entry("{taskDefinition: {family: web}}", "TaskDefinition web"),
            Map.entry("{taskDefinition: {family: web}, tags: [{key: a, value: b}]}", "TaskDefinition web"),
            Map.entry("{service: {serviceName: web}}", "Service default/web"),
            Map.entry("{services: [{serviceName: web}], failures: []}", "Service default/web"),
            Map.entry("{cluster: {clusterName: prod}}", "Cluster prod"),
            Map.entry("{clusters: [{clusterName: prod}]}", "Cluster prod"),
            Map.entry("{clusterArn: 'arn:aws:ecs:r:0:cluster/prod', serviceName: web}", "Service prod/web"));

    @TestFactory
    Stream<DynamicTest> kinds() {
        return KINDS.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(row.getKey(), () -> {
                    ManifestDocument document = only(row.getKey());
                    assertEquals(row.getValue(), document.kind().title() + " " + document.name());
                }));
    }

    @Test
    void yamlFillsTheRequest() {
        var request = only("""
                        family: web
                        cpu: 256
                        memory: '512'
                        requiresCompatibilities: [EC2]
                        containerDefinitions:
                        - name: app
                          image: nginx:1.27
                          essential: true
                          portMappings: [{containerPort: 80}]
                          environment:
                          - {name: PORT, value: 8080}
                          dockerLabels: {a.b: c}
                        """).request(RegisterTaskDefinitionRequest.class);
        var container = request.containerDefinitions().get(0);
        assertEquals("256", request.cpu());
        assertEquals("512", request.memory());
        assertEquals(80, container.portMappings().get(0).containerPort());
        assertEquals("8080", container.environment().get(0).value());
        assertEquals(Map.of("a.b", "c"), container.dockerLabels());
        assertEquals(true, container.essential());
    }

    @Test
    void aTaskDefinitionInAServiceComesBeforeIt() {
        var documents = sound("""
                kind: Service
                serviceName: web
                taskDefinition:
                  family: web-task
                  containerDefinitions: []
                desiredCount: 2
                """);
        assertEquals(
                List.of(ManifestKind.TASK_DEFINITION, ManifestKind.SERVICE),
                documents.stream().map(ManifestDocument::kind).toList());
        var service = documents.get(1).request(CreateServiceRequest.class);
        assertEquals("web-task", service.taskDefinition());
        assertEquals(2, service.desiredCount());
    }

    @Test
    void theOutputOfDescribeIsTaken() {
        var service = only("""
                {"services": [{
                  "serviceArn": "arn:aws:ecs:r:0:service/prod/web", "serviceName": "web",
                  "clusterArn": "arn:aws:ecs:r:0:cluster/prod", "status": "ACTIVE", "desiredCount": 1,
                  "runningCount": 1, "pendingCount": 0, "taskDefinition": "web:3", "events": [{"id": "1"}],
                  "deployments": [], "createdAt": 1700000000.1, "createdBy": "arn:aws:iam::0:root", "taskSets": [],
                  "roleArn": "r", "platformFamily": "Linux"}], "failures": []}
                """).request(CreateServiceRequest.class);
        assertEquals("arn:aws:ecs:r:0:cluster/prod", service.cluster());
        assertEquals("web:3", service.taskDefinition());
        var definition = only("""
                {"taskDefinition": {"taskDefinitionArn": "arn", "family": "web", "revision": 3, "status": "ACTIVE",
                  "requiresAttributes": [{"name": "x"}], "compatibilities": ["EC2"], "registeredAt": 1700000000,
                  "registeredBy": "arn", "deregisteredAt": 1700000000, "containerDefinitions": [{"name": "a"}]},
                 "tags": [{"key": "team", "value": "edge"}]}
                """).request(RegisterTaskDefinitionRequest.class);
        assertEquals("web", definition.family());
        assertEquals("edge", definition.tags().get(0).value());
    }

    @Test
    void loadBalancingIsReadInEitherCase() {
        var group = only(
                "{kind: TargetGroup, Name: web, port: 80, matcher: {httpCode: 200}, DeregistrationDelaySeconds: 5}");
        assertEquals(
                "200", group.request(CreateTargetGroupRequest.class).matcher().httpCode());
        assertEquals(Map.of("deregistrationDelaySeconds", 5), group.extensions());
        var listener = only("{kind: Listener, loadBalancerArn: edge, port: 80, protocol: HTTP,"
                        + " defaultActions: [{type: forward, targetGroupArn: web}]}")
                .request(CreateListenerRequest.class);
        assertEquals("web", listener.defaultActions().get(0).targetGroupArn());
        var rule =
                only("{kind: Rule, listenerArn: 'edge:80', priority: 5, conditions: [{field: path-pattern, values: [/a/*]}],"
                                + " actions: [{Type: forward, TargetGroupArn: web}]}")
                        .request(CreateRuleRequest.class);
        assertEquals(List.of("/a/*"), rule.conditions().get(0).values());
    }

    @Test
    void aServiceMayHaveWhatAwsHasNot() {
        assertEquals(
                Map.of("lostAfterSeconds", 30),
                only("{serviceName: web, lostAfterSeconds: 30}").extensions());
    }

    @Test
    void templatesAreTextLikeAnyOther() {
        var request =
                only("{\"family\": \"a\", \"containerDefinitions\": [{\"image\": \"x:{{ must_env `TAG` }}-${B}\"}]}")
                        .request(RegisterTaskDefinitionRequest.class);
        assertEquals(
                "x:{{ must_env `TAG` }}-${B}",
                request.containerDefinitions().get(0).image());
    }

    @Test
    void jsonMayBeIndentedWithTabs() {
        var request = only("\n{\n\t\"family\":\t\"it's \\\"a\tb\",\n\t\t\"containerDefinitions\":\n\t[\t]\t}\n")
                .request(RegisterTaskDefinitionRequest.class);
        assertEquals("it's \"a\tb", request.family());
    }

    @Test
    void nullAndEmptyAreAbsent() {
        var request = only("{\"clusterName\": \"a\", \"tags\": null}\n").request(CreateClusterRequest.class);
        assertEquals(CreateClusterRequest.builder().clusterName("a").build(), request);
    }

    @Test
    void aFileHasManyDocumentsAndEmptyOnesDoNotCount() {
        var documents = sound("---\nclusterName: a\n---\n# nothing\n---\nclusterName: b\n...\n");
        assertEquals(
                List.of("a", "b"),
                documents.stream().map(ManifestDocument::name).toList());
        assertEquals(3, documents.get(1).source().document());
        assertEquals(List.of(), sound(""));
    }

    @Test
    void theSameTwiceIsOnce() {
        assertEquals(1, sound("clusterName: a\n---\nclusterName: a\n").size());
    }

    @Test
    void aliasesRepeatWhatTheyName() {
        var request = only("""
                        family: a
                        containerDefinitions:
                        - {name: a, environment: &env [{name: A, value: b}]}
                        - {name: b, environment: *env}
                        """).request(RegisterTaskDefinitionRequest.class);
        assertEquals(
                request.containerDefinitions().get(0).environment(),
                request.containerDefinitions().get(1).environment());
    }

    /** A field of a rule that is found broken later, and the line and the name that it is shown with. */
    private static final Map<String, String> LATER = Map.of(
            "containerDefinitions[1].image",
                    "web.yaml, document 1, line 6: taskDefinition.containerDefinitions[1].image: r",
            "containerDefinitions[0].image",
                    "web.yaml, document 1, line 4: taskDefinition.containerDefinitions[0].image: r",
            "containerDefinitions[0].portMappings[0].containerPort",
                    "web.yaml, document 1, line 5:"
                            + " taskDefinition.containerDefinitions[0].portMappings[0].containerPort: r",
            "family", "web.yaml, document 1, line 3: taskDefinition.family: r",
            "cpu", "web.yaml, document 1, line 3: taskDefinition.cpu: r",
            "", "web.yaml, document 1, line 3: taskDefinition: r");

    @TestFactory
    Stream<DynamicTest> linesAreKnownToWhoeverValidatesLater() {
        var documents = sound("""
                serviceName: web
                taskDefinition:
                  family: web
                  containerDefinitions: [{name: a,
                    portMappings: [{containerPort: 80}]},
                    {name: b}]
                """);
        return LATER.entrySet().stream()
                .map(row -> DynamicTest.dynamicTest(
                        "'" + row.getKey() + "'",
                        () -> assertEquals(
                                row.getValue(),
                                documents
                                        .get(0)
                                        .error(new Invalid(row.getKey(), "r"))
                                        .message())));
    }

    private static ManifestDocument only(String text) {
        List<ManifestDocument> documents = sound(text);
        assertEquals(1, documents.size());
        return documents.get(0);
    }

    private static List<ManifestDocument> sound(String text) {
        Manifests read = ManifestReader.read(List.of(ManifestFile.of("web.yaml", text)));
        assertTrue(read.errors().isEmpty(), () -> read.errors().get(0).message());
        return read.documents();
    }
}
