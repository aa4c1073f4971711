package io.staithe.server.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Kind;
import io.staithe.core.model.NetworkBinding;
import io.staithe.core.model.ServiceEvent;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskReport;
import io.staithe.server.aws.ApiError;
import io.staithe.server.ecs.EcsFixture;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ExplainingTest {
    private final EcsFixture ecs = new EcsFixture().withDefinition("web");
    private final StaitheApi api = new StaitheApi(ecs.commits, ecs.events, ecs.ids);

    @BeforeEach
    void aService() {
        ecs.call(EcsFixture.service("shop").desiredCount(1).build());
    }

    private Task task() {
        ecs.settle();
        return ecs.memory.all(Kind.TASK, Task.class).get(0);
    }

    private void report(Task task, ContainerReport.State to, Integer exitCode) {
        ecs.put(new TaskReport(
                task.id(),
                new InstanceId("a".repeat(32)),
                1,
                1,
                to,
                HealthStatus.HEALTHY,
                List.of(new ContainerReport(
                        "app",
                        null,
                        "web:1",
                        null,
                        to,
                        exitCode,
                        null,
                        HealthStatus.HEALTHY,
                        List.of(new NetworkBinding("0.0.0.0", 80, 32_768, "tcp")),
                        null,
                        null,
                        0)),
                null,
                null,
                null,
                null,
                null,
                exitCode == null ? null : StopCode.EssentialContainerExited,
                exitCode == null ? null : "Essential container in task exited"));
    }

    private Explanation explain(String kind, String name) {
        return api.explain(kind, null, name);
    }

    @Test
    void aTaskThatWaitsSaysForWhat() {
        Task task = task();
        Explanation explanation = explain("task", task.id().value());
        assertEquals("task " + task.id(), explanation.about());
        assertEquals("It waits for a host: the cluster has no host.", explanation.summary());
        assertEquals(explanation, explain("task", task.id().value().substring(0, 8)));
    }

    @Test
    void aTaskThatRunsSaysWhereAndWhy() {
        ecs.withHost("a", "h1");
        report(task(), ContainerReport.State.RUNNING, null);
        Explanation explanation = explain("task", task().id().value());
        assertTrue(explanation.summary().startsWith("It runs on host h1"), explanation.summary());
        assertTrue(
                explanation.lines().contains("Container app: RUNNING, HEALTHY, ports 32768 to 80/tcp."),
                explanation.lines().toString());
        assertTrue(explanation.lines().stream().anyMatch(line -> line.startsWith("Placed on host h1: best of 1")));
    }

    @Test
    void aTaskThatStoppedSaysWhyAndWithWhatExitCode() {
        ecs.withHost("a", "h1");
        Task task = task();
        report(task, ContainerReport.State.STOPPED, 137);
        ecs.settle();
        ecs.events.add(new ServiceEvent(
                "e-1",
                EcsFixture.NOW,
                "task",
                new ServiceId("default", "shop"),
                task.id(),
                "TASK_STOPPED",
                "it ended"));
        Explanation explanation = explain("task", task.id().value());
        assertEquals(
                "It stopped (EssentialContainerExited): Essential container in task exited.", explanation.summary());
        assertTrue(explanation.lines().stream().anyMatch(line -> line.contains("exit code 137")));
        assertEquals("it ended", explanation.events().get(0).message());
        assertTrue(explain("service", "shop").lines().stream()
                .anyMatch(line -> line.contains(task.id() + " ended at") && line.contains("Essential container")));
    }

    @Test
    void aServiceSaysWhatItsDeploymentWaitsFor() {
        assertTrue(explain("service", "shop").summary().contains("is about to begin; 0 of 1 tasks run."));
        ecs.settle();
        Explanation explanation = explain("service", "default/shop");
        assertEquals("service default/shop", explanation.about());
        assertTrue(explanation.summary().contains("in progress. 0 of 1 tasks run."), explanation.summary());
        assertTrue(
                explanation.lines().contains("1 waiting for a host: the cluster has no host."),
                explanation.lines().toString());
    }

    @Test
    void aHostSaysWhatItRunsAndWhetherItTakesMore() {
        ecs.withHost("a", "h1");
        task();
        Explanation explanation = explain("host", "h1");
        assertEquals("host h1", explanation.about());
        assertEquals("It is connected, holds 1 task, and takes more.", explanation.summary());
        assertTrue(explanation.lines().contains("Free: 2048 of 2048 CPU units, 4032 of 4096 MiB of memory."));
        ecs.put(EcsFixture.host("a", "h1")
                .but()
                .status(ContainerInstance.Status.DRAINING)
                .build());
        assertEquals(
                "It drains: 1 task is still on it, and it takes none.",
                explain("host", "h1").summary());
        ecs.put(EcsFixture.host("a", "h1")
                .but()
                .disconnectedSince(EcsFixture.NOW)
                .build());
        assertEquals(
                "It is out of reach since 2025-03-01T12:00:00Z; it holds 1 task.",
                explain("host", "h1").summary());
    }

    @ParameterizedTest
    @CsvSource({
        "task,ffffffffffffffffffffffffffffffff,ResourceNotFoundException",
        "task,ab,ResourceNotFoundException",
        "service,none,ServiceNotFoundException",
        "host,none,ResourceNotFoundException",
        "cluster,default,ResourceNotFoundException"
    })
    void whatIsNotThereIsNotExplained(String kind, String name, String code) {
        assertEquals(
                code, assertThrows(ApiError.class, () -> explain(kind, name)).code());
    }
}
