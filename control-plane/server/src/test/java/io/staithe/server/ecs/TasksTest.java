package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.server.aws.ApiError;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.DescribeTasksRequest;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.StopTaskResponse;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.Task;

final class TasksTest {
    private final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");

    private static RunTaskRequest.Builder web() {
        return RunTaskRequest.builder().taskDefinition("web");
    }

    private RunTaskResponse run(RunTaskRequest.Builder request) {
        return ecs.call(request.build());
    }

    private List<String> list(ListTasksRequest.Builder request) {
        ListTasksResponse answer = ecs.call(request.build());
        return answer.taskArns();
    }

    @Test
    void waitsForThePlacementAndTellsIt() {
        ecs.meanwhile = ecs::settle;
        Task task = run(web().startedBy("me")).tasks().get(0);
        assertEquals("PENDING", task.lastStatus());
        assertEquals("RUNNING", task.desiredStatus());
        assertEquals(EcsFixture.ARN + "container-instance/default/" + "a".repeat(32), task.containerInstanceArn());
        assertEquals("zone-a", task.availabilityZone());
        assertEquals("family:web", task.group());
        assertEquals("me", task.startedBy());
        assertEquals("64", task.memory());
        assertEquals("PENDING", task.containers().get(0).lastStatus());
        assertEquals("CONNECTED", task.connectivityAsString());
    }

    @Test
    void answersWithoutThePlacementWhenThatTakesTooLong() {
        Task task = run(web()).tasks().get(0);
        assertEquals("PROVISIONING", task.lastStatus());
        assertNull(task.containerInstanceArn());
    }

    @Test
    void aTaskThatFindsNoRoomIsNotMadeAndTheAnswerSaysWhy() {
        ecs.call(EcsFixture.definition("big").memory("3000").build());
        RunTaskResponse answer =
                run(RunTaskRequest.builder().taskDefinition("big").count(2));
        assertEquals(1, answer.tasks().size());
        assertEquals(1, answer.failures().size());
        assertEquals("RESOURCE:MEMORY", answer.failures().get(0).reason());
        assertTrue(answer.failures().get(0).arn().contains("container-instance/default/"));
        assertTrue(answer.failures().get(0).detail().contains("needs 3000 MiB of memory, has 1096 free"));
        assertEquals(1, list(ListTasksRequest.builder()).size());
    }

    @Test
    void aClusterWithoutHostsRunsNothing() {
        ApiError error = new EcsFixture().withDefinition("web").refused(web().build());
        assertEquals("InvalidParameterException", error.code());
        assertEquals("No Container Instances were found in your cluster.", error.message());
    }

    @Test
    void aTokenStartsTasksOnce() {
        List<Task> first = run(web().count(2).clientToken("t")).tasks();
        assertEquals(first, run(web().count(2).clientToken("t")).tasks());
        assertEquals(2, list(ListTasksRequest.builder()).size());
        ApiError error = ecs.refused(web().count(3).clientToken("t").build());
        assertEquals("ConflictException", error.code());
        assertNotEquals(first, run(web().count(2).clientToken("u")).tasks());
    }

    @Test
    void overridesChangeWhatIsReserved() {
        Task task = run(web().overrides(o -> o.containerOverrides(ContainerOverride.builder()
                        .name("app")
                        .memory(100)
                        .cpu(200)
                        .build())))
                .tasks()
                .get(0);
        assertEquals("100", task.memory());
        assertEquals("200", task.cpu());
        assertEquals("app", task.overrides().containerOverrides().get(0).name());
        Task sized = run(web().overrides(o -> o.memory("1 GB").cpu("1 vCPU")))
                .tasks()
                .get(0);
        assertEquals("1024", sized.memory());
        assertEquals("1024", sized.cpu());
    }

    static Stream<Arguments> refusals() {
        return Stream.of(
                refusal(r -> r.count(0), "InvalidParameterException", "Task count must be between 1 and 10."),
                refusal(r -> r.count(11), "InvalidParameterException", "Task count must be between 1 and 10."),
                refusal(r -> r.taskDefinition("api"), "ClientException", "TaskDefinition not found."),
                refusal(r -> r.cluster("nowhere"), "ClusterNotFoundException", "Cluster not found."),
                refusal(
                        r -> r.group("service:shop"),
                        "InvalidParameterException",
                        "Invalid group: the prefix service: is reserved."),
                refusal(
                        r -> r.overrides(o -> o.containerOverrides(
                                ContainerOverride.builder().name("other").build())),
                        "InvalidParameterException",
                        "Override for container named other is not a container in the TaskDefinition."),
                refusal(
                        r -> r.overrides(o -> o.cpu("many")),
                        "InvalidParameterException",
                        "overrides.cpu: must be CPU units such as 256, or cores such as .25 vCPU"),
                refusal(
                        r -> r.tags(Tag.builder().value("x").build()),
                        "InvalidParameterException",
                        "tags[0].key: is required"));
    }

    private static Arguments refusal(Consumer<RunTaskRequest.Builder> change, String code, String message) {
        return Arguments.of(change, code, message);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatCannotBeIsRefused(Consumer<RunTaskRequest.Builder> change, String code, String message) {
        RunTaskRequest.Builder request = web();
        change.accept(request);
        ApiError error = ecs.refused(request.build());
        assertEquals(message, error.message());
        assertEquals(code, error.code());
    }

    @Test
    void stopsAndKeepsTheFirstReason() {
        String arn = run(web()).tasks().get(0).taskArn();
        StopTaskResponse stopped =
                ecs.call(StopTaskRequest.builder().task(arn).reason("enough").build());
        assertEquals("STOPPED", stopped.task().desiredStatus());
        assertEquals("UserInitiated", stopped.task().stopCodeAsString());
        StopTaskResponse again = ecs.call(StopTaskRequest.builder().task(arn).build());
        assertEquals("enough", again.task().stoppedReason());
        assertEquals(EcsFixture.NOW, again.task().stoppingAt());
    }

    @Test
    void aTaskThatIsNotThereCannotBeStopped() {
        for (String task : List.of("f".repeat(32), "no-id", EcsFixture.ARN + "task/default/" + "f".repeat(32))) {
            ApiError error = ecs.refused(StopTaskRequest.builder().task(task).build());
            assertEquals("InvalidParameterException", error.code());
            assertEquals("The referenced task was not found.", error.message());
        }
    }

    @Test
    void describesStoppedTasksAndWhatIsMissing() {
        String arn = run(web().tags(Tag.builder().key("k").value("v").build()))
                .tasks()
                .get(0)
                .taskArn();
        ecs.call(StopTaskRequest.builder().task(arn).build());
        ecs.settle();
        DescribeTasksResponse answer = ecs.call(
                DescribeTasksRequest.builder().tasks(arn, "f".repeat(32)).build());
        assertEquals("STOPPED", answer.tasks().get(0).lastStatus());
        assertEquals("STOPPED", answer.tasks().get(0).containers().get(0).lastStatus());
        assertEquals(List.of(), answer.tasks().get(0).tags());
        assertEquals("MISSING", answer.failures().get(0).reason());
        assertEquals(
                EcsFixture.ARN + "task/default/" + "f".repeat(32),
                answer.failures().get(0).arn());
    }

    @Test
    void listsByWhatTasksAre() {
        ecs.call(EcsFixture.service("shop").build());
        ecs.settle();
        ecs.call(EcsFixture.definition("job").build());
        String job = run(RunTaskRequest.builder().taskDefinition("job").startedBy("cron"))
                .tasks()
                .get(0)
                .taskArn();
        assertEquals(3, list(ListTasksRequest.builder()).size());
        assertEquals(2, list(ListTasksRequest.builder().serviceName("shop")).size());
        assertEquals(List.of(job), list(ListTasksRequest.builder().family("job")));
        assertEquals(List.of(job), list(ListTasksRequest.builder().startedBy("cron")));
        assertEquals(2, list(ListTasksRequest.builder().containerInstance("h1")).size());
        assertEquals(0, list(ListTasksRequest.builder().launchType("FARGATE")).size());
        ecs.call(StopTaskRequest.builder().task(job).build());
        assertEquals(List.of(job), list(ListTasksRequest.builder().desiredStatus(DesiredStatus.STOPPED)));
        assertEquals(
                "ServiceNotFoundException",
                ecs.refused(ListTasksRequest.builder().serviceName("none").build())
                        .code());
    }
}
