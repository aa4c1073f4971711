package io.staithe.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.Task;

/** Tasks that are to be done: again when they fail, later when there is no room, at their time. */
@Tag("e2e")
@ExtendWith(ShowLogs.class)
class JobTest {
    private static final Duration SOON = Duration.ofSeconds(40);
    /** Only one task of a host can have it, and only one host is allowed to. */
    private static final int PORT = 18_300;

    private final RunningSystem system = RunningSystem.get();
    private final EcsClient ecs = system.ecs();

    @AfterEach
    void close() {
        ecs.close();
    }

    @Test
    void failsFirstAndSucceedsWhenItIsTriedAgain(@TempDir Path folder) {
        apply("""
                kind: TaskDefinition
                family: flaky
                volumes: [{ name: memory, host: { sourcePath: %s } }]
                containerDefinitions:
                  - name: app
                    image: %s
                    memory: 16
                    mountPoints: [{ sourceVolume: memory, containerPath: /memory }]
                """.formatted(folder, WebService.IMAGE));
        Outcome run = system.tryStaithe(
                "",
                "run",
                "flaky",
                "--retries",
                "2",
                "--wait",
                "--command",
                "sh",
                "-c",
                "test -e /memory/tried && exit 0; touch /memory/tried; exit 3");
        assertEquals(0, run.exitCode(), run::toString);
        assertEquals(2, stopped("flaky").size());
    }

    @Test
    void waitsUntilATaskMakesRoom() {
        apply("""
                kind: TaskDefinition
                family: alone
                placementConstraints: [{ type: memberOf, expression: "attribute:ecs.availability-zone == zone-b" }]
                containerDefinitions:
                  - name: app
                    image: %s
                    memory: 16
                    portMappings: [{ containerPort: 80, hostPort: %d }]
                """.formatted(WebService.IMAGE, PORT));
        system.staithe("run", "alone", "--command", "sh", "-c", "sleep 8");
        assertEquals(
                1,
                system.tryStaithe("", "run", "alone", "--command", "sh", "-c", "true")
                        .exitCode(),
                "there is room for two");
        Outcome waited = system.tryStaithe(
                "", "run", "alone", "--wait-for-capacity=50s", "--wait", "--command", "sh", "-c", "sleep 2");
        assertEquals(0, waited.exitCode(), waited::toString);
        List<Task> tasks = stopped("alone");
        assertEquals(2, tasks.size());
        assertFalse(tasks.get(1).startedAt().isBefore(tasks.get(0).executionStoppedAt()), tasks::toString);
    }

    @Test
    void startsOnceAtItsTime() {
        apply("kind: TaskDefinition\nfamily: report\ncontainerDefinitions: [{ name: app, image: \"" + WebService.IMAGE
                + "\", memory: 16, command: [\"true\"] }]\n");
        Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(8);
        String schedule = """
                kind: Schedule
                Name: once
                ScheduleExpression: at(%s)
                Target: { Arn: default, EcsParameters: { TaskDefinitionArn: report } }
                """.formatted(at.toString().replace("Z", ""));
        apply(schedule);
        try {
            assertEquals(List.of(), stopped("report"));
            Await.until("task of the schedule", SOON, () -> stopped("report").size() == 1);
            Task task = stopped("report").get(0);
            assertFalse(task.createdAt().isBefore(at), task::toString);
            assertEquals("chronos-schedule/once", task.startedBy());
            String described = system.staithe("describe", "schedule", "once");
            assertTrue(described.contains("STARTED"), described);
        } finally {
            system.tryStaithe(schedule, "delete", "-f", "-").succeeded();
        }
        assertEquals(1, stopped("report").size());
    }

    /** Oldest first. */
    private List<Task> stopped(String family) {
        List<String> arns = ecs.listTasks(request -> request.family(family).desiredStatus("STOPPED"))
                .taskArns();
        if (arns.isEmpty()) return List.of();
        return ecs.describeTasks(request -> request.tasks(arns)).tasks().stream()
                .sorted(Comparator.comparing(Task::createdAt))
                .toList();
    }

    private void apply(String manifest) {
        system.tryStaithe(manifest, "apply", "-f", "-").succeeded();
    }
}
