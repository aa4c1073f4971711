package io.staithe.server.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What is said of files that are wrong: file, document, line, field and rule. */
final class ManifestErrorsTest {
    private record Row(String text, List<String> messages) {
        Row(String text, String... messages) {
            this(text, List.of(messages));
        }
    }

    private static final String KINDS =
            "Cluster, TaskDefinition, Service, TargetGroup, LoadBalancer, Listener, Rule, Schedule, HostGroup, CapacityProvider";

    private static final List<Row> ROWS = List.of(
            new Row("kind: Pod", "line 1: kind: must be one of " + KINDS + ", but is Pod"),
            new Row("kind: [a]", "line 1: kind: must be one of " + KINDS + ", but is "),
            new Row("image: nginx", "line 1: does not show what it is; give it a kind: " + KINDS),
            new Row("- a\n- b", "line 1: must be a mapping of fields, such as family: web"),
            new Row("hello", "line 1: must be a mapping of fields, such as family: web"),
            new Row(
                    "kind: TaskDefinition\nfamilly: web\n",
                    "line 2: familly: is not a known field; did you mean family?"),
            new Row(
                    "containerDefinitions:\n- name: a\n  enviroment: []\n  zzzzzz: 1\n",
                    "line 3: containerDefinitions[0].enviroment: is not a known field; did you mean environment?",
                    "line 4: containerDefinitions[0].zzzzzz: is not a known field"),
            new Row(
                    "kind: TargetGroup\nname: a\nhealthCheckPaht: /\n",
                    "line 3: healthCheckPaht: is not a known field; did you mean healthCheckPath?"),
            new Row("kind: TargetGroup\nname: a\nName: a\n", "line 3: name: is given twice"),
            new Row("clusterName: a\nclusterName: b\n", "line 2: clusterName: is given twice, first on line 1"),
            new Row("serviceName: a\ndesiredCount: two\n", "line 2: desiredCount: must be a whole number"),
            new Row("serviceName: a\ndesiredCount: '2'\n", "line 2: desiredCount: must be a whole number"),
            new Row("serviceName: a\ndesiredCount: 2.5\n", "line 2: desiredCount: must be a whole number"),
            new Row("serviceName: a\ndesiredCount: !!int x\n", "line 2: desiredCount: must be a whole number"),
            new Row(
                    "serviceName: a\ndesiredCount: 99999999999\n",
                    "line 2: desiredCount: must be from -2147483648 to 2147483647"),
            new Row("serviceName: a\nplacement: high\n", "line 2: placement: must be a mapping of fields"),
            new Row("serviceName: a\nplacement: {preferences: {}}\n", "line 2: placement.preferences: must be a list"),
            new Row(
                    "serviceName: a\nplacement:\n  preferences:\n  -\n",
                    "line 4: placement.preferences[0]: must not be empty"),
            new Row(
                    "serviceName: a\nplacement: {headroom: 1, Headroom: 2}\n",
                    "line 2: placement.headroom: is given twice"),
            new Row("serviceName: a\nrebalancing: {}\n", "line 2: rebalancing: is not a known field"),
            new Row("serviceName: a\nlostAfterSeconds: soon\n", "line 2: lostAfterSeconds: must be a whole number"),
            new Row(
                    "serviceName: a\nenableExecuteCommand: yes\n",
                    "line 2: enableExecuteCommand: must be true or false"),
            new Row("serviceName: true\n", "line 1: serviceName: must be text: put it in quotes"),
            new Row("serviceName: [a]\n", "line 1: serviceName: must be text"),
            new Row("serviceName: !Ref a\n", "line 1: serviceName: must be text"),
            new Row("serviceName: \"a\\0b\"\n", "line 1: serviceName: must not hold NUL"),
            new Row("serviceName: a\ntags: {}\n", "line 2: tags: must be a list"),
            new Row("serviceName: a\ntags:\n- x\n", "line 3: tags[0]: must be a mapping of fields"),
            new Row("serviceName: a\ntags:\n-\n", "line 3: tags[0]: must not be empty"),
            new Row(
                    "containerDefinitions:\n- dockerLabels: [a]\n",
                    "line 2: containerDefinitions[0].dockerLabels: must be a mapping of names to values"),
            new Row(
                    "containerDefinitions:\n- dockerLabels: {a: [b]}\n",
                    "line 2: containerDefinitions[0].dockerLabels.a: must be text"),
            new Row(
                    "serviceName: a\nlaunchType: fargate\n",
                    "line 2: launchType: must be one of EC2, EXTERNAL, FARGATE, MANAGED_INSTANCES;"
                            + " did you mean FARGATE?"),
            new Row(
                    "family: a\ncontainerDefinitions: []\nrequiresCompatibilities: [EC2, ECS2]\n",
                    "line 3: requiresCompatibilities[1]: must be one of EC2, EXTERNAL, FARGATE, MANAGED_INSTANCES;"
                            + " did you mean EC2?"),
            new Row(
                    "containerDefinitions:\n- portMappings: [{protocol: sctp}]\n",
                    "line 2: containerDefinitions[0].portMappings[0].protocol: must be one of tcp, udp"),
            new Row(
                    "serviceName: a\ntaskDefinition:\n  containerDefinitions: []\n",
                    "line 3: taskDefinition.family: is required"),
            new Row(
                    "serviceName: a\ntaskDefinition: {family: w, cpus: 1}\n",
                    "line 2: taskDefinition.cpus: is not a known field; did you mean cpu?"),
            new Row("services:\n- a\n", "line 2: services[0]: must be a mapping of fields"),
            new Row("serviceName: {{ name }}\n", "line 1: serviceName: must be text"),
            new Row(
                    "{? {a: b} : c, serviceName: x}\n",
                    "line 1: has a key that is not text; was {{ }} or ${ } meant? Quote it"),
            new Row("AWSTemplateFormatVersion: x\nResources: {}\n", "line 1: seems to be a CloudFormation template"),
            new Row(
                    "service: a\nservice_definition: b.json\n",
                    "line 1: seems to be an ecspresso configuration; apply the files that it names"),
            new Row("name: a\ntype: Backend Service\n", "line 1: seems to be a Copilot manifest"),
            new Row("services: {web: {image: a}}\n", "line 1: seems to be a Compose file"),
            new Row("apiVersion: v1\nkind: Service\n", "line 1: seems to be a Kubernetes manifest"),
            new Row("version: 1\nrun_params: {}\n", "line 1: seems to be an ecs-params file of ecs-cli"));

    @TestFactory
    Stream<DynamicTest> says() {
        return ROWS.stream()
                .map(row -> DynamicTest.dynamicTest(
                        row.text().replace("\n", "\u23ce"),
                        () -> assertEquals(
                                row.messages().stream()
                                        .map(m -> "web.yaml, document 1, " + m)
                                        .toList(),
                                messages("web.yaml", row.text()))));
    }

    @Test
    void allErrorsOfAllDocumentsAreSaidAtOnce() {
        assertEquals(
                List.of(
                        "web.yaml, document 1, line 1: kind: must be one of " + KINDS + ", but is X",
                        "web.yaml, document 2, line 4: desiredCount: must be a whole number",
                        "web.yaml, document 2, line 5: bogus: is not a known field"),
                messages("web.yaml", "kind: X\n---\nserviceName: a\ndesiredCount: x\nbogus: 1\n---\nclusterName: a\n"));
    }

    @Test
    void whatIsSoundIsReadBesideWhatIsNot() {
        Manifests read = read("a.yaml", "clusterName: a\n---\nbogus: 1\n");
        assertEquals(1, read.documents().size());
        assertEquals(1, read.errors().size());
    }

    @Test
    void brokenYamlSaysWhereItBreaks() {
        var messages = messages("a.yaml", "clusterName: a\n---\nserviceName: web\n  desiredCount: 2\n");
        assertEquals(1, messages.size());
        assertTrue(messages.get(0).startsWith("a.yaml, document 2, line 4: is not valid YAML: "), messages.get(0));
    }

    @Test
    void aNameMeansOneThing() {
        assertEquals(
                List.of("b.yaml, document 2, line 3: Service default/web is declared twice,"
                        + " first in b.yaml, document 1, line 1"),
                messages("b.yaml", "{serviceName: web, desiredCount: 1}\n---\n{serviceName: web, desiredCount: 2}\n"));
    }

    @Test
    void jsonnetIsRecognisedByItsName() {
        assertEquals(
                List.of("sv.jsonnet: seems to be a Jsonnet program: apply the JSON that it renders to"),
                messages("sv.jsonnet", "{}"));
    }

    @Test
    void aTemplateOfAnotherToolIsRecognisedThoughItIsNotYaml() {
        var messages = messages("e.yml", "service_definition: a\nplugins:\n{{ if x }}\n  - name: a\n{{ end }}\n");
        assertEquals(2, messages.size());
        assertEquals("e.yml: seems to be an ecspresso configuration; apply the files that it names", messages.get(1));
    }

    private static List<String> messages(String name, String text) {
        return read(name, text).errors().stream().map(ManifestError::message).toList();
    }

    private static Manifests read(String name, String text) {
        return ManifestReader.read(List.of(ManifestFile.of(name, text)));
    }
}
