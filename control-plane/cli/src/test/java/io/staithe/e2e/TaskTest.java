package io.staithe.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Task;

/** Tasks that run once, and those that cannot run. */
@Tag("e2e")
@ExtendWith(ShowLogs.class)
class TaskTest {
    private static final Duration SOON = Duration.ofSeconds(40);

    private final RunningSystem system = RunningSystem.get();
    private final EcsClient ecs = system.ecs();

    @AfterEach
    void close() {
        ecs.close();
    }

    @Test
    void endsWithItsExitCode() {
        define("once", "memory: 16", WebService.IMAGE);
        Outcome run = system.tryStaithe("", "run", "once", "--wait", "--command", "sh", "-c", "echo done; exit 7");
        assertEquals(7, run.exitCode(), run::toString);
        assertTrue(run.out().contains("Essential container in task exited"), run::toString);
    }

    @Test
    void isStoppedAndItsLogsAreRead() {
        define("long", "memory: 16", WebService.IMAGE);
        Task task =
                ecs.runTask(request -> request.taskDefinition("long")).tasks().get(0);
        String id = task.taskArn().substring(task.taskArn().lastIndexOf('/') + 1);
        Await.until("run", SOON, () -> described(task).lastStatus().equals("RUNNING"));
        Await.until("first line", SOON, () -> {
            String logs = system.staithe("logs", id, "--tail", "5");
            return logs.contains("listening on port 80") ? "" : logs;
        });

        system.staithe("stop", id);
        Await.until("end", SOON, () -> described(task).lastStatus().equals("STOPPED"));
        assertEquals("UserInitiated", described(task).stopCodeAsString());
        assertEquals(0, described(task).containers().get(0).exitCode(), "its SIGTERM was not heard");
    }

    @Test
    void waitsWithNumbersWhenNoHostHasEnough() {
        service("huge", "memory: 900000", WebService.IMAGE);
        try {
            Await.until("reason", SOON, () -> {
                String explained = explainFirstTask("huge");
                return explained.matches("(?s).*RESOURCE:MEMORY keeps out [1-3] of \\d+ hosts; the nearest miss:"
                                + " host[1-3] needs 900000 MiB of memory, has \\d+ free.*")
                        ? ""
                        : explained;
            });
        } finally {
            system.staithe("delete", "service", "huge");
        }
    }

    @Test
    void saysWhichImageCannotBePulled() {
        service("imageless", "memory: 16", "127.0.0.1:9/no/such:1");
        try {
            Await.until("reason", SOON, () -> {
                String explained = explainFirstTask("imageless");
                return explained.contains("CannotPullContainerError") && explained.contains("127.0.0.1:9")
                        ? ""
                        : explained;
            });
        } finally {
            system.staithe("delete", "service", "imageless");
        }
    }

    private Task described(Task task) {
        return ecs.describeTasks(request -> request.tasks(task.taskArn()))
                .tasks()
                .get(0);
    }

    private String explainFirstTask(String service) {
        return ecs.listTasks(request -> request.serviceName(service)).taskArns().stream()
                .findFirst()
                .or(() ->
                        ecs
                                .listTasks(
                                        request -> request.serviceName(service).desiredStatus("STOPPED"))
                                .taskArns()
                                .stream()
                                .findFirst())
                .map(arn -> system.tryStaithe("", "explain", "task", arn.substring(arn.lastIndexOf('/') + 1))
                        .out())
                .orElse("no task");
    }

    private void define(String family, String size, String image) {
        apply("kind: TaskDefinition\n" + definition(family, size, image));
    }

    private void service(String name, String size, String image) {
        apply("kind: Service\nserviceName: " + name + "\ndesiredCount: 1\ntaskDefinition:\n"
                + definition(name, size, image).indent(2));
    }

    private static String definition(String family, String size, String image) {
        return "family: " + family + "\ncontainerDefinitions: [{ name: app, image: \"" + image + "\", " + size
                + " }]\n";
    }

    private void apply(String manifest) {
        system.tryStaithe(manifest, "apply", "-f", "-").succeeded();
    }
}
