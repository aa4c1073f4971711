package io.staithe.server.ecs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.ServiceId;
import io.staithe.core.model.Task;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.ecs.model.Failure;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.GetTaskProtectionResponse;
import software.amazon.awssdk.services.ecs.model.ProtectedTask;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;
import software.amazon.awssdk.services.ecs.model.StopTaskRequest;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionRequest;
import software.amazon.awssdk.services.ecs.model.UpdateTaskProtectionResponse;

final class TaskProtectionTest {
    private static final ServiceId SHOP = new ServiceId("default", "shop");

    private final EcsFixture ecs = new EcsFixture().withDefinition("web").withHost("a", "h1");

    @BeforeEach
    void aServiceOfTwoTasks() {
        ecs.call(EcsFixture.service("shop").build());
        ecs.settle();
    }

    private List<Task> tasks() {
        return ecs.state().tasksOf(SHOP).filter(Task::isActive).toList();
    }

    private String id(int task) {
        return tasks().get(task).id().value();
    }

    private static UpdateTaskProtectionRequest.Builder protect(String... tasks) {
        return UpdateTaskProtectionRequest.builder()
                .cluster("default")
                .tasks(tasks)
                .protectionEnabled(true);
    }

    private UpdateTaskProtectionResponse update(UpdateTaskProtectionRequest.Builder request) {
        return ecs.call(request.build());
    }

    private GetTaskProtectionResponse get(String... tasks) {
        return ecs.call(GetTaskProtectionRequest.builder()
                .cluster("default")
                .tasks(tasks)
                .build());
    }

    @Test
    void protectsForTwoHoursUnlessSaidOtherwiseAndNoLongerWhenAsked() {
        ProtectedTask task = update(protect(id(0))).protectedTasks().get(0);
        assertEquals(EcsFixture.ARN + "task/default/" + id(0), task.taskArn());
        assertTrue(task.protectionEnabled());
        assertEquals(EcsFixture.NOW.plus(Duration.ofHours(2)), task.expirationDate());
        assertEquals(List.of(task), get(id(0)).protectedTasks());
        assertEquals(List.of(task), get().protectedTasks(), "without names: those that are protected");

        task = update(protect(id(0)).expiresInMinutes(2880)).protectedTasks().get(0);
        assertEquals(EcsFixture.NOW.plus(Duration.ofDays(2)), task.expirationDate());

        task = update(protect(id(0)).protectionEnabled(false)).protectedTasks().get(0);
        assertFalse(task.protectionEnabled());
        assertNull(task.expirationDate());
        assertNull(tasks().get(0).protectedUntil());
        assertEquals(List.of(), get().protectedTasks());
    }

    @Test
    void protectionThatIsOverIsNone() {
        Task task = tasks().get(0);
        ecs.put(task.but().protectedUntil(EcsFixture.NOW).build());
        assertFalse(get(id(0)).protectedTasks().get(0).protectionEnabled());
    }

    @Test
    void aTaskNamedTwiceIsProtectedOnce() {
        String arn = EcsFixture.ARN + "task/default/" + id(1);
        assertEquals(
                2, update(protect(id(0), id(1), arn, id(0))).protectedTasks().size());
    }

    /** The loop writes the task between reading and writing: neither's word is lost. */
    @Test
    void theLoopsWriteStays() {
        Task task = tasks().get(0);
        ecs.store.before(() -> ecs.put(task.but().healthySince(EcsFixture.NOW).build()));
        update(protect(id(0)));
        assertEquals(EcsFixture.NOW, tasks().get(0).healthySince());
        assertTrue(tasks().get(0).isProtectedAt(EcsFixture.NOW));
    }

    @Test
    void onlyTasksOfServicesThatAreToRunCanBeProtected() {
        RunTaskResponse run =
                ecs.call(RunTaskRequest.builder().taskDefinition("web").build());
        String alone = run.tasks().get(0).taskArn();
        String stopping = id(1);
        ecs.call(StopTaskRequest.builder().task(stopping).build());
        String gone = "f".repeat(32);
        UpdateTaskProtectionResponse answer = update(protect(alone, stopping, gone, id(0)));
        assertEquals(
                List.of("TASK_NOT_VALID", "TASK_NOT_VALID", "MISSING"),
                answer.failures().stream().map(Failure::reason).toList());
        assertEquals(alone, answer.failures().get(0).arn());
        assertEquals(
                "The task belongs to no service: only tasks of services can be protected.",
                answer.failures().get(0).detail());
        assertEquals(1, answer.protectedTasks().size());
        assertEquals(
                List.of("TASK_NOT_VALID", "MISSING"),
                get(alone, gone).failures().stream().map(Failure::reason).toList());
    }

    @Test
    void noMoreTasksAreProtectedThanTheServiceWants() {
        ecs.call(UpdateServiceRequest.builder().service("shop").desiredCount(1).build());
        UpdateTaskProtectionResponse answer = update(protect(id(0), id(1)));
        assertEquals(1, answer.protectedTasks().size());
        Failure failure = answer.failures().get(0);
        assertEquals("DEPLOYMENT_BLOCKED", failure.reason());
        assertEquals(EcsFixture.ARN + "task/default/" + id(1), failure.arn());
        assertEquals(
                "Service shop wants 1 tasks, and 1 others are protected: with one more, its deployments could not end.",
                failure.detail());
        assertEquals(1, update(protect(id(0))).protectedTasks().size(), "what is protected can be protected longer");
    }

    static Stream<Arguments> refusals() {
        String[] eleven =
                IntStream.range(0, 11).mapToObj(i -> String.format("%032x", i)).toArray(String[]::new);
        return Stream.of(
                refusal(r -> r.tasks(List.of()), "Tasks cannot be empty."),
                refusal(r -> r.tasks(eleven), "Tasks can have at most 10 entries."),
                refusal(r -> r.cluster(null), "Cluster cannot be empty."),
                refusal(r -> r.cluster("nowhere"), "Cluster not found."),
                refusal(r -> r.protectionEnabled(null), "protectionEnabled: is required"),
                refusal(r -> r.expiresInMinutes(0), "expiresInMinutes: must be between 1 and 2880"),
                refusal(r -> r.expiresInMinutes(-5), "expiresInMinutes: must be between 1 and 2880"),
                refusal(r -> r.expiresInMinutes(2881), "expiresInMinutes: must be between 1 and 2880"),
                refusal(
                        r -> r.tasks(EcsFixture.ARN + "task/other/" + "a".repeat(32)),
                        "Identifier is for cluster other. Your cluster is default"),
                refusal(
                        r -> r.tasks(EcsFixture.ARN + "service/default/shop"),
                        "Invalid identifier: " + EcsFixture.ARN + "service/default/shop is not the ARN of a task"));
    }

    private static Arguments refusal(Consumer<UpdateTaskProtectionRequest.Builder> change, String message) {
        return Arguments.of(change, message);
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void whatCannotBeIsRefused(Consumer<UpdateTaskProtectionRequest.Builder> change, String message) {
        UpdateTaskProtectionRequest.Builder request = protect(id(0));
        change.accept(request);
        assertEquals(message, ecs.refused(request.build()).message());
        assertNull(tasks().get(0).protectedUntil());
    }
}
