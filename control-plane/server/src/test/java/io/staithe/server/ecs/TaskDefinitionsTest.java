package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.server.aws.ApiError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.Compatibility;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.DeleteTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.DeregisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsRequest;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionsResponse;
import software.amazon.awssdk.services.ecs.model.PortMapping;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionResponse;
import software.amazon.awssdk.services.ecs.model.SortOrder;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;

final class TaskDefinitionsTest {
    private final EcsFixture ecs = new EcsFixture();

    private TaskDefinition register(RegisterTaskDefinitionRequest.Builder request) {
        RegisterTaskDefinitionResponse answer = ecs.call(request.build());
        return answer.taskDefinition();
    }

    private TaskDefinition describe(String name) {
        DescribeTaskDefinitionResponse answer = ecs.call(
                DescribeTaskDefinitionRequest.builder().taskDefinition(name).build());
        return answer.taskDefinition();
    }

    private void deregister(String name) {
        ecs.call(DeregisterTaskDefinitionRequest.builder().taskDefinition(name).build());
    }

    @Test
    void revisionsCountFromOneAndAreNeverGivenTwice() {
        assertEquals(1, register(EcsFixture.definition("web")).revision());
        TaskDefinition second = register(EcsFixture.definition("web"));
        assertEquals(EcsFixture.ARN + "task-definition/web:2", second.taskDefinitionArn());
        deregister("web:2");
        assertEquals(3, register(EcsFixture.definition("web")).revision());
    }

    @Test
    void echoesWithTheDefaultsThatEcsWritesOutAndNoOther() {
        ContainerDefinition container =
                register(EcsFixture.definition("web")).containerDefinitions().get(0);
        assertEquals(
                ContainerDefinition.builder()
                        .name("app")
                        .image("web:1")
                        .memory(64)
                        .cpu(0)
                        .essential(true)
                        .portMappings(PortMapping.builder()
                                .containerPort(80)
                                .hostPort(0)
                                .protocol("tcp")
                                .build())
                        .build(),
                container);
    }

    @Test
    void portsOfATaskWithItsOwnNetworkAreTheContainers() {
        TaskDefinition definition = register(EcsFixture.definition("web")
                .networkMode("awsvpc")
                .requiresCompatibilities(Compatibility.FARGATE)
                .cpu(".25 vCPU")
                .memory("0.5 GB"));
        assertEquals(
                80,
                definition.containerDefinitions().get(0).portMappings().get(0).hostPort());
        assertEquals("256", definition.cpu());
        assertEquals("512", definition.memory());
        assertEquals(List.of(Compatibility.EC2, Compatibility.FARGATE), definition.compatibilities());
    }

    @Test
    void aFargateSizeThatIsNoneIsRefusedInEcsWords() {
        ApiError error = ecs.refused(EcsFixture.definition("web")
                .networkMode("awsvpc")
                .requiresCompatibilities(Compatibility.FARGATE)
                .cpu("256")
                .memory("3072")
                .build());
        assertEquals("ClientException", error.code());
        assertEquals(
                "No Fargate configuration exists for given values: 256 CPU, 3072 memory. See the Amazon ECS"
                        + " documentation for the valid values.",
                error.message());
    }

    @Test
    void whatBreaksARuleIsAClientExceptionWithItsPath() {
        ApiError error = ecs.refused(RegisterTaskDefinitionRequest.builder()
                .family("web")
                .containerDefinitions(
                        ContainerDefinition.builder().name("app").memory(64).build())
                .build());
        assertEquals("ClientException", error.code());
        assertEquals("containerDefinitions[0].image: is required", error.message());
    }

    @Test
    void aFamilyMeansItsLatestActiveRevision() {
        for (int i = 0; i < 3; i++) register(EcsFixture.definition("web"));
        deregister("web:3");
        assertEquals(2, describe("web").revision());
        assertEquals("INACTIVE", describe("web:3").statusAsString());
        assertEquals(1, describe(EcsFixture.ARN + "task-definition/web:1").revision());
    }

    @ParameterizedTest
    @ValueSource(strings = {"web", "web:7", "arn:aws:ecs:us-east-1:123456789012:task-definition/other:1"})
    void whatIsNotThereCannotBeDescribed(String name) {
        ApiError error = ecs.refused(
                DescribeTaskDefinitionRequest.builder().taskDefinition(name).build());
        assertEquals("ClientException", error.code());
        assertEquals("Unable to describe task definition.", error.message());
    }

    @Test
    void tagsComeWhenAskedFor() {
        ecs.call(EcsFixture.definition("web")
                .tags(Tag.builder().key("team").value("a").build())
                .build());
        DescribeTaskDefinitionResponse plain = ecs.call(
                DescribeTaskDefinitionRequest.builder().taskDefinition("web").build());
        assertFalse(plain.hasTags());
        DescribeTaskDefinitionResponse tagged = ecs.call(DescribeTaskDefinitionRequest.builder()
                .taskDefinition("web")
                .include(TaskDefinitionField.TAGS)
                .build());
        assertEquals("a", tagged.tags().get(0).value());
    }

    @Test
    void listsRevisionsInTheOrderOfTheirNumbers() {
        for (int i = 0; i < 11; i++) register(EcsFixture.definition("web"));
        register(EcsFixture.definition("api"));
        ListTaskDefinitionsResponse descending = ecs.call(ListTaskDefinitionsRequest.builder()
                .familyPrefix("web")
                .sort(SortOrder.DESC)
                .maxResults(2)
                .build());
        assertEquals(
                List.of(EcsFixture.ARN + "task-definition/web:11", EcsFixture.ARN + "task-definition/web:10"),
                descending.taskDefinitionArns());
        ListTaskDefinitionsResponse all =
                ecs.call(ListTaskDefinitionsRequest.builder().build());
        assertEquals(12, all.taskDefinitionArns().size());
        assertEquals(
                EcsFixture.ARN + "task-definition/api:1",
                all.taskDefinitionArns().get(0));
    }

    @Test
    void aFamilyIsActiveWhileOneOfItsRevisionsIs() {
        register(EcsFixture.definition("web"));
        register(EcsFixture.definition("api"));
        deregister("api:1");
        assertEquals(List.of("api", "web"), families(null, null));
        assertEquals(List.of("web"), families("ACTIVE", null));
        assertEquals(List.of("api"), families("INACTIVE", null));
        assertEquals(List.of("web"), families("ALL", "w"));
    }

    private List<String> families(String status, String prefix) {
        ListTaskDefinitionFamiliesResponse answer = ecs.call(ListTaskDefinitionFamiliesRequest.builder()
                .status(status)
                .familyPrefix(prefix)
                .build());
        return answer.families();
    }

    @Test
    void onlyDeregisteredRevisionsAreDeleted() {
        register(EcsFixture.definition("web"));
        register(EcsFixture.definition("web"));
        deregister("web:1");
        DeleteTaskDefinitionsResponse answer = ecs.call(DeleteTaskDefinitionsRequest.builder()
                .taskDefinitions("web:1", "web:2", "web:9")
                .build());
        assertEquals("DELETE_IN_PROGRESS", answer.taskDefinitions().get(0).statusAsString());
        assertEquals(2, answer.failures().size());
        assertTrue(answer.failures().get(0).reason().contains("still in ACTIVE status"));
        assertTrue(answer.failures().get(1).reason().contains("does not exist"));
    }
}
