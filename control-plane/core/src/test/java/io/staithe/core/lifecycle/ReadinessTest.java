package io.staithe.core.lifecycle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.lifecycle.TaskHealth.Verdict;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerDefinitionBuilder;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskReport;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A container that is not ready keeps its task from counting as healthy, and from nothing else. */
final class ReadinessTest {
    private static final HealthCheck CHECK = new HealthCheck(List.of("CMD", "true"), null, null, null, null);
    private static final LoadBalancerMapping MAPPING = new LoadBalancerMapping("web", "app", 8080);

    private final World world = new World();
    private final ContainerInstance host = world.host("host", 4096, 4096);
    private long sequence;

    @ParameterizedTest
    @CsvSource({
        "HEALTHY,   HEALTHY,   HEALTHY,   ''",
        "HEALTHY,   UNKNOWN,   UNDECIDED, container app is not ready (because of the test)",
        "HEALTHY,   UNHEALTHY, UNDECIDED, container app is not ready (because of the test)",
        "UNKNOWN,   HEALTHY,   UNDECIDED, waiting for container health checks",
        "UNHEALTHY, HEALTHY,   UNHEALTHY, Task failed container health checks",
        "UNHEALTHY, UNHEALTHY, UNHEALTHY, Task failed container health checks",
    })
    void livenessAloneReplacesAndBothTogetherCount(
            HealthStatus health, HealthStatus readiness, Verdict verdict, String cause) {
        Task task = given(app().healthCheck(CHECK).readinessCheck(CHECK).build());
        reports(task, health, readiness);
        TaskHealth found = TaskHealth.of(world.state(), task, world.now);
        assertEquals(verdict, found.verdict());
        assertEquals(cause, found.cause());
        assertNull(found.decidesAt(), "time alone makes nothing ready");
    }

    @Test
    void aReadinessCheckAloneTellsAtOnce() {
        Task task = given(app().readinessCheck(CHECK).build());
        assertTrue(TaskHealth.isChecked(world.state(), task));
        reports(task, HealthStatus.UNKNOWN, HealthStatus.HEALTHY);
        assertEquals(
                Verdict.HEALTHY, TaskHealth.of(world.state(), task, world.now).verdict());
    }

    @Test
    void trafficWaitsForItAndATaskThatLosesItGoesOn() {
        ContainerInstance edge = world.edge("edge");
        world.targetGroup("web", 60);
        Task task = given(app().readinessCheck(CHECK).build(), MAPPING);
        reports(task, HealthStatus.UNKNOWN, HealthStatus.UNKNOWN);
        assertEquals(LastStatus.PENDING, now(task).lastStatus());
        reports(task, HealthStatus.UNKNOWN, HealthStatus.HEALTHY);
        assertEquals(LastStatus.ACTIVATING, now(task).lastStatus());
        world.says(edge, task, TargetHealth.State.HEALTHY);
        world.settle();
        assertEquals(LastStatus.RUNNING, now(task).lastStatus());
        assertNotNull(now(task).healthySince());

        reports(task, HealthStatus.UNKNOWN, HealthStatus.UNHEALTHY);
        world.says(edge, task, TargetHealth.State.UNUSED);
        world.settle().pass(Duration.ofHours(1)).settle();
        assertEquals(LastStatus.RUNNING, now(task).lastStatus());
        assertTrue(now(task).isActive());
        assertNull(now(task).healthySince());

        reports(task, HealthStatus.UNKNOWN, HealthStatus.HEALTHY);
        world.says(edge, task, TargetHealth.State.HEALTHY);
        world.settle();
        assertEquals(world.now, now(task).healthySince());
    }

    private static ContainerDefinitionBuilder app() {
        return ContainerDefinition.of("app", "app:1").but();
    }

    private Task given(ContainerDefinition container, LoadBalancerMapping... mappings) {
        Task task = GivenTask.task(1)
                .of(world.definition("web", 1, 128, container))
                .behind(mappings)
                .on(host, LastStatus.PENDING)
                .build();
        world.put(task);
        return task;
    }

    private void reports(Task task, HealthStatus health, @Nullable HealthStatus readiness) {
        ContainerReport app = new ContainerReport(
                "app",
                null,
                "app:1",
                null,
                ContainerReport.State.RUNNING,
                null,
                null,
                health,
                List.of(),
                world.now,
                null,
                0,
                readiness,
                readiness == HealthStatus.HEALTHY ? null : "because of the test");
        world.put(new TaskReport(
                task.id(),
                host.id(),
                1,
                ++sequence,
                ContainerReport.State.RUNNING,
                health,
                List.of(app),
                null,
                null,
                world.now,
                null,
                null,
                null,
                null));
        world.settle();
    }

    private Task now(Task task) {
        return world.task(task.id());
    }
}
