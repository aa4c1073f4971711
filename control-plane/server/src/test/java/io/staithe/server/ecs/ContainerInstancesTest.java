package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.ContainerInstance.Status;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Resources;
import io.staithe.server.aws.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.model.ContainerDefinition;
import software.amazon.awssdk.services.ecs.model.ContainerInstance;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceRequest;
import software.amazon.awssdk.services.ecs.model.DeregisterContainerInstanceResponse;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.DescribeContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesRequest;
import software.amazon.awssdk.services.ecs.model.ListContainerInstancesResponse;
import software.amazon.awssdk.services.ecs.model.Resource;
import software.amazon.awssdk.services.ecs.model.ResourceRequirement;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateRequest;
import software.amazon.awssdk.services.ecs.model.UpdateContainerInstancesStateResponse;

final class ContainerInstancesTest {
    private static final String ID = "a".repeat(32);

    private final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");

    private ContainerInstance describe(String name) {
        DescribeContainerInstancesResponse answer = ecs.call(DescribeContainerInstancesRequest.builder()
                .containerInstances(name)
                .build());
        return answer.containerInstances().get(0);
    }

    private int listed(String status) {
        ListContainerInstancesResponse answer =
                ecs.call(ListContainerInstancesRequest.builder().status(status).build());
        return answer.containerInstanceArns().size();
    }

    private void runTask() {
        ecs.call(RunTaskRequest.builder().taskDefinition("web").build());
        ecs.settle();
    }

    @Test
    void tellsWhatIsThereAndWhatIsLeft() {
        runTask();
        ContainerInstance host = describe("h1");
        assertEquals(EcsFixture.ARN + "container-instance/default/" + ID, host.containerInstanceArn());
        assertEquals(4096, host.registeredResources().get(1).integerValue());
        assertEquals(4096 - 64, host.remainingResources().get(1).integerValue());
        assertEquals(1, host.pendingTasksCount());
        assertTrue(host.agentConnected());
        assertEquals("20.10", host.versionInfo().dockerVersion());
        assertEquals("h1", host.ec2InstanceId());
    }

    @Test
    void namedResourcesAreCountedToo() {
        ecs.put(Shapes.copy(EcsFixture.host("a", "h1"))
                .with("registered", new Resources(2048, 4096, 2, Map.of("LICENSE", 1)))
                .make());
        ResourceRequirement gpus =
                ResourceRequirement.builder().type("GPU").value("2").build();
        ResourceRequirement license =
                ResourceRequirement.builder().type("LICENSE").value("1").build();
        ContainerDefinition app = EcsFixture.definition("licensed").build().containerDefinitions().get(0).toBuilder()
                .resourceRequirements(gpus, license)
                .build();
        ecs.call(EcsFixture.definition("licensed").containerDefinitions(app).build());
        ecs.call(RunTaskRequest.builder().taskDefinition("licensed").build());
        ecs.settle();
        assertEquals(
                List.of("CPU=2048", "MEMORY=4096", "GPU=2", "LICENSE=1"),
                counted(describe("h1").registeredResources()));
        assertEquals(
                List.of("CPU=2048", "MEMORY=4032", "GPU=0", "LICENSE=0"),
                counted(describe("h1").remainingResources()));
    }

    private static List<String> counted(List<Resource> resources) {
        return resources.stream()
                .filter(resource -> resource.type().equals("INTEGER"))
                .map(resource -> resource.name() + "=" + resource.integerValue())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "h1",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
                "arn:aws:ecs:us-east-1:123456789012:container-instance/default/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void isCalledByNameIdOrArn(String name) {
        assertEquals("h1", describe(name).ec2InstanceId());
    }

    @ParameterizedTest
    @CsvSource({
        "ec2InstanceId == h1,                1",
        "ec2InstanceId in [h2],              0",
        "agentConnected==true,               1",
        "not agentConnected == true,         0",
        "runningTasksCount == 0,             1",
        "registeredAt < 2000-01-01,          0",
        "task:group == family:web,           1",
        "task:group != family:web,           0",
        "attribute:disk exists,              0",
        "'  ',                               1",
    })
    void isListedByAnExpressionOfTheClusterQueryLanguage(String filter, int expected) {
        runTask();
        ListContainerInstancesResponse answer =
                ecs.call(ListContainerInstancesRequest.builder().filter(filter).build());
        assertEquals(expected, answer.containerInstanceArns().size());
    }

    @Test
    void aFilterThatIsNotUnderstoodIsRefusedWithItsColumn() {
        assertEquals(
                "filter: at column 19 expected a value, found the end",
                ecs.refused(ListContainerInstancesRequest.builder()
                                .filter("attribute:disk == ")
                                .build())
                        .message());
    }

    @Test
    void drainsUntilADeadlineThatCanBeChangedAndEndsWithTheDrain() {
        drain("DRAINING", "600");
        assertEquals(EcsFixture.NOW.plusSeconds(600), drainDeadline());
        drain("DRAINING", null);
        assertEquals(EcsFixture.NOW.plusSeconds(600), drainDeadline());
        String shown = drain("DRAINING", "0").containerInstances().get(0).statusReason();
        assertEquals("What is left on the host stops at " + EcsFixture.NOW + ".", shown);
        drain("ACTIVE", null);
        assertEquals(null, drainDeadline());
        assertThrows(Invalid.class, () -> drain("ACTIVE", "600"));
        for (String wrong : List.of("-1", "10m", "604801", "1.5"))
            assertThrows(Invalid.class, () -> drain("DRAINING", wrong), wrong);
    }

    private Instant drainDeadline() {
        return ecs.state().instance(new InstanceId(ID)).orElseThrow().drainDeadline();
    }

    private UpdateContainerInstancesStateResponse drain(String status, String deadline) {
        Caller known = EcsFixture.CALLER;
        return ecs.call(
                UpdateContainerInstancesStateRequest.builder()
                        .containerInstances(ID)
                        .status(status)
                        .build(),
                new Caller(
                        known.account(),
                        known.region(),
                        known.principal(),
                        known.accessKeyId(),
                        known.requestId(),
                        null,
                        null,
                        deadline,
                        known.now()));
    }

    @Test
    void drainsAndTakesTasksAgain() {
        UpdateContainerInstancesStateResponse answer = ecs.call(UpdateContainerInstancesStateRequest.builder()
                .containerInstances("h1", "h9")
                .status("DRAINING")
                .build());
        assertEquals("DRAINING", answer.containerInstances().get(0).status());
        assertEquals("MISSING", answer.failures().get(0).reason());
        assertEquals(1, listed("DRAINING"));
        assertEquals(0, listed("ACTIVE"));
        ecs.call(UpdateContainerInstancesStateRequest.builder()
                .containerInstances(ID)
                .status("ACTIVE")
                .build());
        assertEquals(1, listed("ACTIVE"));
        assertEquals(
                "status: must be one of ACTIVE, DRAINING",
                ecs.refused(UpdateContainerInstancesStateRequest.builder()
                                .containerInstances(ID)
                                .status("LOST")
                                .build())
                        .message());
    }

    @Test
    void aLostHostIsActiveWithoutItsAgentAndStaysLostUntilItIsBack() {
        ecs.put(EcsFixture.host("a", "h1")
                .but()
                .status(Status.LOST)
                .disconnectedSince(EcsFixture.NOW)
                .build());
        assertEquals("ACTIVE", describe("h1").status());
        assertFalse(describe("h1").agentConnected());
        ecs.call(UpdateContainerInstancesStateRequest.builder()
                .containerInstances("h1")
                .status("ACTIVE")
                .build());
        assertEquals(
                Status.LOST,
                ecs.state().instance(new InstanceId(ID)).orElseThrow().status());
    }

    @Test
    void aBusyHostIsOnlyDeregisteredByForce() {
        runTask();
        assertEquals(
                "Found running tasks on the instance.",
                ecs.refused(DeregisterContainerInstanceRequest.builder()
                                .containerInstance("h1")
                                .build())
                        .message());
        DeregisterContainerInstanceResponse answer = ecs.call(DeregisterContainerInstanceRequest.builder()
                .containerInstance("h1")
                .force(true)
                .build());
        assertEquals("INACTIVE", answer.containerInstance().status());
        assertEquals(0, listed(null));
        assertEquals("INACTIVE", describe(ID).status());
    }

    @Test
    void hostsOfOtherClustersAreNotFound() {
        DescribeContainerInstancesResponse answer = ecs.call(DescribeContainerInstancesRequest.builder()
                .containerInstances("b".repeat(32))
                .build());
        assertEquals(List.of(), answer.containerInstances());
        assertEquals("MISSING", answer.failures().get(0).reason());
    }
}
