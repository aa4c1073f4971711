package io.staithe.agent.container.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.agent.action.ActionRunner;
import io.staithe.agent.container.Container;
import io.staithe.agent.container.ContainerSample;
import io.staithe.agent.container.Lines;
import io.staithe.agent.container.LogQuery;
import io.staithe.agent.container.PullBehavior;
import io.staithe.agent.container.TaskSample;
import io.staithe.agent.container.TaskSpec;
import io.staithe.agent.environment.EnvironmentFiles;
import io.staithe.agent.environment.HostValues;
import io.staithe.agent.environment.RegistryCredentialsFile;
import io.staithe.agent.environment.TaskAddresses;
import io.staithe.agent.task.Action;
import io.staithe.agent.task.AgentLoop;
import io.staithe.agent.task.Checkpoint;
import io.staithe.agent.task.Limits;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.assignment.Assignment;
import io.staithe.core.assignment.Item;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.DesiredStatus;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.InstanceId;
import io.staithe.core.model.PreStop;
import io.staithe.core.model.TaskReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A task's checks and its stop as the agent decides on them and a real Docker Engine carries them out. */
@Tag("real")
final class TaskOnDockerTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final InstanceId owner = InstanceId.of(TaskSample.hex());
    private final AgentLoop loop = new AgentLoop(owner, 1, Limits.STANDARD, Checkpoint.FIRST);
    private DockerRuntime runtime;
    private ActionRunner runner;

    @BeforeEach
    void connect() throws Exception {
        DockerEngine.require();
        DockerEngine.busybox();
        runtime = new DockerRuntime(DockerSettings.of(DockerEngine.host(), owner));
        runner = new ActionRunner(
                runtime,
                new HostValues(EnvironmentFiles.NONE, TaskAddresses.NONE),
                RegistryCredentialsFile.NONE,
                PullBehavior.DEFAULT,
                Duration.ofMinutes(1));
        loop.welcome("epoch-1", Instant.now());
    }

    @AfterEach
    void cleanUp() throws Exception {
        for (Container container : runtime.list()) runtime.remove(container.id());
        runtime.close();
    }

    @Test
    void checksFromOutsideReadinessInsideAndPreStopBeforeTheEnd() throws Exception {
        ContainerSample web = new ContainerSample("web", DockerEngine.BUSYBOX);
        web.command = List.of(
                "/bin/sh",
                "-c",
                "mkdir -p /www; echo up > /www/index.html; trap 'echo terminated; exit 0' TERM;"
                        + " httpd -p 8080 -h /www; while :; do sleep 1000 & wait $!; done");
        web.healthCheck = new HealthCheck(List.of("HTTP", "8080", "/index.html"), 5, 2, 1, null);
        web.readinessCheck = new HealthCheck(List.of("CMD-SHELL", "cat /www/ready || exit 1"), 5, 2, 1, null);
        web.preStop = new PreStop(List.of("/bin/sh", "-c", "echo flushed > /proc/1/fd/1; exit 3"), 10);
        TaskSpec spec = new TaskSample(owner).of(web);
        assign(spec, DesiredStatus.RUNNING);

        await("health", () -> app().healthStatus() == HealthStatus.HEALTHY);
        await("unreadiness", () -> app().readiness() == HealthStatus.UNHEALTHY);
        assertTrue(app().checkDetail().contains("/www/ready"), app().checkDetail());
        String id = app().runtimeId();
        assertTrue(runtime.exec(id, List.of("/bin/sh", "-c", "echo yes > /www/ready"), SOON)
                .passed());
        await("readiness", () -> app().readiness() == HealthStatus.HEALTHY);
        assertNull(app().checkDetail());

        assign(spec, DesiredStatus.STOPPED);
        await("the end", () -> app().lastStatus() == ContainerReport.State.STOPPED);
        assertEquals(0, app().exitCode());
        assertEquals("preStop command exited with 3", app().reason());
        Lines lines = new Lines();
        runtime.logs(id, new LogQuery(false, null, null), lines);
        Wait.until("its output", SOON, lines::hasEnded);
        assertEquals(List.of("flushed", "terminated"), lines.texts());
    }

    private void assign(TaskSpec spec, DesiredStatus desired) {
        AssignedTask task = new AssignedTask(
                spec.task(),
                spec.cluster(),
                "family:web",
                null,
                spec.definition(),
                spec.overrides(),
                desired,
                false,
                null);
        loop.assign(new Assignment.Delta(true, List.of(new Item.RunTask(task)), List.of()));
    }

    private ContainerReport app() {
        List<TaskReport> reports = loop.reports();
        return reports.get(0).container("web").orElseThrow();
    }

    private void await(String what, Wait.Condition condition) throws Exception {
        Wait.until(what, SOON, () -> {
            turn();
            return condition.holds();
        });
    }

    private void turn() throws Exception {
        loop.observed(loop.mark(), runtime.list(), Instant.now());
        for (Action action : loop.next(Instant.now())) loop.completed(action, runner.run(action), Instant.now());
        loop.next(Instant.now()).forEach(action -> loop.completed(action, runner.run(action), Instant.now()));
    }
}
