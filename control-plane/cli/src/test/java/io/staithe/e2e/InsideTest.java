package io.staithe.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Task;

/** What a task sees from inside, in each network mode that has a network, with nothing but what busybox brings. */
@Tag("e2e")
@ExtendWith(ShowLogs.class)
class InsideTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final String SERVICE = "inside";

    private final RunningSystem system = RunningSystem.get();
    private final EcsClient ecs = system.ecs();

    @AfterEach
    void close() {
        system.tryStaithe("", "delete", "service", SERVICE, "--wait");
        ecs.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bridge", "host", "awsvpc"})
    void readsItsMetadata(String networkMode) {
        apply("kind: TaskDefinition\nfamily: " + SERVICE + "-" + networkMode + "\nnetworkMode: " + networkMode + "\n"
                + container("[sh, -c, \"sleep 600\"]"));
        Task task = ecs.runTask(request -> request.taskDefinition(SERVICE + "-" + networkMode))
                .tasks()
                .get(0);
        try {
            String container = awaitContainer(task);
            String document = inside(container, "wget -qO- $ECS_CONTAINER_METADATA_URI_V4/task");
            assertTrue(document.contains("\"TaskARN\":\"" + task.taskArn() + "\""), document);
            assertTrue(document.contains("\"NetworkMode\":\"" + networkMode + "\""), document);
            String stats = inside(container, "wget -qO- $ECS_CONTAINER_METADATA_URI_V4/stats");
            assertTrue(stats.contains("\"memory_stats\""), stats);
            String protection = inside(container, "wget -qO- $ECS_AGENT_URI/task-protection/v1/state");
            assertTrue(protection.contains("\"Reason\":\"TASK_NOT_VALID\""), protection);
        } finally {
            ecs.stopTask(request -> request.task(task.taskArn()));
        }
    }

    @Test
    void aTaskThatProtectsItselfOutlivesScaleIn() {
        apply("kind: Service\nserviceName: " + SERVICE + "\ndesiredCount: 3\ntaskDefinition:\n"
                + ("family: " + SERVICE + "\n" + container("[sh, -c, \"sleep 600\"]")).indent(2));
        Await.until("three tasks", SOON, () -> tasks().size() == 3 ? "" : tasks().toString());
        String chosen = new TreeSet<>(tasks()).first();
        Task task = ecs.describeTasks(request -> request.tasks(chosen)).tasks().get(0);
        String container = awaitContainer(task);
        String answer = inside(container, put("{\"ProtectionEnabled\":true,\"ExpiresInMinutes\":60}"));
        assertTrue(answer.contains("\"ProtectionEnabled\":true"), answer);
        assertTrue(answer.contains("\"TaskArn\":\"" + chosen + "\""), answer);

        ecs.updateService(request -> request.service(SERVICE).desiredCount(1));
        Await.until("one task", SOON, () -> tasks().size() == 1 ? "" : tasks().toString());
        assertEquals(Set.of(chosen), tasks());

        assertTrue(inside(container, put("{\"ProtectionEnabled\":false}")).contains("\"ExpirationDate\":null"));
        ecs.updateService(request -> request.service(SERVICE).desiredCount(0));
        Await.until("no task", SOON, () -> tasks().isEmpty() ? "" : tasks().toString());
    }

    /** A PUT by nc, since busybox's wget knows none. */
    private static String put(String body) {
        return "hostport=${ECS_AGENT_URI#http://}; hostport=${hostport%%/*}; path=/${ECS_AGENT_URI#http://*/}"
                + "/task-protection/v1/state; printf 'PUT %s HTTP/1.0\\r\\nContent-Length: " + body.length()
                + "\\r\\n\\r\\n%s' $path '" + body + "' | nc ${hostport%%:*} ${hostport##*:}";
    }

    private String inside(String container, String command) {
        return system.docker("exec", container, "sh", "-c", command);
    }

    private Set<String> tasks() {
        return new TreeSet<>(
                ecs.listTasks(request -> request.serviceName(SERVICE)).taskArns());
    }

    private String awaitContainer(Task task) {
        Await.until(
                "the task runs",
                SOON,
                () -> describe(task).lastStatus().equals("RUNNING")
                        ? ""
                        : describe(task).toString());
        return describe(task).containers().get(0).runtimeId();
    }

    private Task describe(Task task) {
        return ecs.describeTasks(request -> request.tasks(task.taskArn()))
                .tasks()
                .get(0);
    }

    private static String container(String command) {
        return "containerDefinitions: [{ name: app, image: \"" + WebService.IMAGE + "\", memory: 16, command: "
                + command + " }]\n";
    }

    private void apply(String manifest) {
        system.tryStaithe(manifest, "apply", "-f", "-").succeeded();
    }
}
