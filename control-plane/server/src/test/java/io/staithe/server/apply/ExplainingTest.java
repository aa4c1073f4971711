package io.staithe.server.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.capacity.GivenHost;
import io.staithe.core.model.CapacityProvider;
import io.staithe.core.model.CapacityStatus;
import io.staithe.core.model.CapacityStatus.Hindrance;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.HostGroup;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.Kind;
import io.staithe.core.model.NetworkBinding;
import io.staithe.core.model.ProvisionedHost;
import io.staithe.core.model.Resources;
import io.staithe.core.model.ServiceEvent;
import io.staithe.core.model.ServiceId;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskReport;
import io.staithe.server.aws.ApiError;
import io.staithe.server.ecs.EcsFixture;
import io.staithe.server.ecs.PastTasks.PastContainer;
import io.staithe.server.ecs.PastTasks.PastTask;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.ecs.model.UpdateServiceRequest;

final class ExplainingTest {
    private final EcsFixture ecs = new EcsFixture().withDefinition("web");
    private final StaitheApi api = new StaitheApi(ecs.commits, ecs.events, ecs.past, ecs.ids);

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
                        0,
                        null,
                        null)),
                null,
                null,
                null,
                null,
                null,
                exitCode == null ? null : StopCode.EssentialContainerExited,
                exitCode == null ? null : "Essential container in task exited"));
    }

    private Explanation explain(String kind, String name) {
        return api.explain(kind, null, name, EcsFixture.CALLER);
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
    void aTaskForWhichAHostIsBoughtSaysHowFarThatIsOrWhyNot() {
        ecs.put(fargate());
        Task task = task().but().capacityProvider(CapacityProvider.FARGATE).build();
        ecs.put(task);
        assertEquals(
                "It waits for a host of capacity provider FARGATE, which is about to be requested.",
                explain("task", task.id().value()).summary());
        ecs.put(GivenHost.requested(fargate(), true, task.createdAt()));
        Explanation coming = explain("task", task.id().value());
        assertEquals("It waits for a host of capacity provider FARGATE; 1 is on the way.", coming.summary());
        assertTrue(
                coming.lines()
                        .contains("Host " + GivenHost.ID + " (small) is requested, requested at " + task.createdAt()
                                + "."),
                coming.lines().toString());
        ecs.put(new CapacityStatus(
                "default", List.of(new Hindrance("FARGATE", "MAX_HOSTS", "the group is full", 1)), null, null));
        assertEquals(
                "It waits for a host of capacity provider FARGATE: the group is full.",
                explain("task", task.id().value()).summary());
    }

    private static HostGroup fargate() {
        return GivenHost.fargate(HostGroup.Isolation.DEDICATED);
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
    void aTaskThatWaitsSaysRuleByRuleWhatKeepsHostsOut() {
        ecs.withHost("a", "h1").withHost("b", "h2");
        ecs.put(EcsFixture.host("b", "h2")
                .but()
                .status(ContainerInstance.Status.DRAINING)
                .build());
        ecs.call(EcsFixture.definition("web").memory("9000").build());
        ecs.call(UpdateServiceRequest.builder()
                .service("shop")
                .taskDefinition("web")
                .build());
        List<String> lines = explain("task", task().id().value()).lines();
        assertTrue(
                lines.contains("RESOURCE:MEMORY keeps out 1 of 2 hosts; the nearest miss:"
                        + " h1 needs 9000 MiB of memory, has 4096 free."),
                lines.toString());
        assertTrue(
                lines.contains("INACTIVE keeps out 1 of 2 hosts; the nearest miss: h2 is draining."), lines.toString());
    }

    @Test
    void aPlacedTaskSaysWithWhatItsHostWon() {
        ecs.withHost("a", "h1").withHost("b", "h2");
        List<String> lines = explain("task", task().id().value()).lines();
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("Chosen: h")), lines.toString());
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("Then: h")), lines.toString());
    }

    @Test
    void aTaskThatIsLongGoneIsExplainedOutOfHistory() {
        TaskId id = new TaskId("deadbeef" + "0".repeat(24));
        ecs.stopped.add(new PastTask(
                id,
                "web:1",
                "service:shop",
                "ecs-svc/1",
                "h1",
                "EssentialContainerExited",
                "Essential container in task exited",
                EcsFixture.NOW,
                EcsFixture.NOW,
                null,
                EcsFixture.NOW.plusSeconds(60),
                List.of("best of 2 hosts", "Chosen: h1 with 0 on the host.", "Then: h2 with 1 on the host."),
                List.of(new PastContainer("app", 137, "OutOfMemoryError"), new PastContainer("side", null, null))));
        ecs.events.add(new ServiceEvent("e-1", EcsFixture.NOW, "task", null, id, "TASK_STOPPED", "it ended"));
        Explanation explanation = explain("task", "deadbeef");
        assertEquals("task " + id, explanation.about());
        assertEquals(
                "It stopped at 2025-03-01T12:01:00Z (EssentialContainerExited): Essential container in task exited.",
                explanation.summary());
        assertEquals(
                List.of(
                        "Task definition web:1, service:shop, started by ecs-svc/1.",
                        "Created at 2025-03-01T12:00:00Z, placed at 2025-03-01T12:00:00Z, never running.",
                        "Placed on host h1: best of 2 hosts.",
                        "Chosen: h1 with 0 on the host.",
                        "Then: h2 with 1 on the host.",
                        "Container app: exit code 137, OutOfMemoryError.",
                        "Container side: never ran."),
                explanation.lines());
        assertEquals("it ended", explanation.events().get(0).message());
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
    void aHostThatIsGivenBackSaysWhy() {
        ecs.put(ContainerInstance.of(GivenHost.ID, "default", "bought", new Resources(1024, 2048, 0), EcsFixture.NOW));
        ecs.put(GivenHost.requested(fargate(), false, EcsFixture.NOW)
                .but()
                .ending(ProvisionedHost.Status.DRAINING, "its tasks cost less elsewhere", EcsFixture.NOW)
                .build());
        List<String> lines = explain("host", "bought").lines();
        assertTrue(lines.contains("It is given back: its tasks cost less elsewhere."), lines.toString());
    }

    @Test
    void aHostSaysWhatItRunsAndWhetherItTakesMore() {
        ecs.withHost("a", "h1");
        task();
        Explanation explanation = explain("host", "h1");
        assertEquals("host h1", explanation.about());
        assertEquals("It is connected, holds 1 task, and takes more.", explanation.summary());
        assertTrue(explanation.lines().contains("Free: 2048 of 2048 CPU units, 4032 of 4096 MiB of memory."));
        String path = EcsFixture.host("a", "h1").key().path();
        ecs.events.add(new ServiceEvent(
                "e-1", EcsFixture.NOW, path, null, null, "HOST_DISCONNECTED", "host h1 is out of reach"));
        assertEquals(
                List.of("host h1 is out of reach"),
                explain("host", "h1").events().stream()
                        .map(Explanation.Event::message)
                        .toList());
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
        "task,gggg,ResourceNotFoundException",
        "service,none,ServiceNotFoundException",
        "host,none,ResourceNotFoundException",
        "cluster,default,ResourceNotFoundException"
    })
    void whatIsNotThereIsNotExplained(String kind, String name, String code) {
        assertEquals(
                code, assertThrows(ApiError.class, () -> explain(kind, name)).code());
    }
}
