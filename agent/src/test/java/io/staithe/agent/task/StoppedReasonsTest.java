package io.staithe.agent.task;

import static io.staithe.agent.task.Given.container;
import static io.staithe.agent.task.Given.full;
import static io.staithe.agent.task.Given.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.staithe.agent.action.ActionRunner;
import io.staithe.agent.container.ContainerException;
import io.staithe.agent.container.ContainerException.Code;
import io.staithe.agent.container.PullBehavior;
import io.staithe.agent.container.fake.FakeEngine;
import io.staithe.agent.container.fake.FakeRuntime;
import io.staithe.agent.container.fake.Operation;
import io.staithe.agent.container.fake.Program;
import io.staithe.agent.environment.EnvironmentFiles;
import io.staithe.agent.environment.HostValues;
import io.staithe.agent.environment.RegistryCredentialsFile;
import io.staithe.agent.environment.TaskAddresses;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.TaskReport;
import io.staithe.core.model.Volume;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a task that could not start, or could not go on, in the words that ECS has for it. */
final class StoppedReasonsTest {
    private final FakeEngine engine = new FakeEngine(Stage.START);
    private final FakeRuntime runtime = new FakeRuntime(engine, Given.HOST);
    private final ActionRunner runner = new ActionRunner(
            runtime,
            new HostValues(EnvironmentFiles.NONE, TaskAddresses.NONE),
            RegistryCredentialsFile.NONE,
            PullBehavior.DEFAULT,
            Duration.ofMinutes(1));
    private final AgentLoop loop = new AgentLoop(Given.HOST, 1, Limits.STANDARD, Checkpoint.FIRST);
    private Instant now = Stage.START;

    @ParameterizedTest
    @CsvSource({
        "PULL,   CANNOT_PULL,          CannotPullContainerError",
        "PULL,   CANNOT_PULL_AUTH,     CannotPullContainerAuthError",
        "PULL,   CANNOT_PULL_MANIFEST, CannotPullImageManifestError",
        "PULL,   TIMEOUT,              ContainerRuntimeTimeoutError",
        "VOLUME, CANNOT_CREATE_VOLUME, CannotCreateVolumeError",
        "CREATE, CANNOT_CREATE,        CannotCreateContainerError",
        "CREATE, TIMEOUT,              ContainerRuntimeTimeoutError",
        "START,  CANNOT_START,         CannotStartContainerError",
    })
    void whatCannotStartSaysWhy(Operation operation, Code code, String name) throws ContainerException {
        for (int i = 0; i < Limits.ATTEMPTS; i++) engine.faults().refuseNext(operation, code, "because of the test");
        TaskReport report = run(task(1, NetworkMode.BRIDGE, List.of(new Volume("data", null, null)), container("web")));
        assertEquals(StopCode.TaskFailedToStart, report.stopCode());
        assertEquals(name + ": because of the test", report.reason());
    }

    @Test
    void whatTheHostDoesNotHaveIsAnInitializationError() throws ContainerException {
        TaskReport report = run(task(1, container("web").secret("TOKEN", "env-file:absent#TOKEN")));
        assertEquals(StopCode.TaskFailedToStart, report.stopCode());
        assertEquals(
                "ResourceInitializationError",
                report.reason().substring(0, report.reason().indexOf(':')));
    }

    @Test
    void anEssentialContainersEndIsTheTasks() throws ContainerException {
        engine.program("web", Program.exits(3, Duration.ofSeconds(1)));
        TaskReport report = run(task(1, container("web")));
        assertEquals(StopCode.EssentialContainerExited, report.stopCode());
        assertEquals("Essential container in task exited", report.reason());
        assertEquals(3, web(report).exitCode());
        assertNull(web(report).reason());
    }

    @Test
    void itsMemoryLimitIsTheContainersReason() throws ContainerException {
        engine.program("web", new Program(Duration.ofSeconds(1), 137, false, true, null));
        TaskReport report = run(task(1, container("web")));
        assertEquals(StopCode.EssentialContainerExited, report.stopCode());
        assertEquals("Essential container in task exited", report.reason());
        assertEquals(
                "OutOfMemoryError: Container killed due to memory usage",
                web(report).reason());
        assertEquals(137, web(report).exitCode());
    }

    @Test
    void aContainerThatIsNoLongerThereCannotBeInspected() throws ContainerException {
        turns(task(1, container("web")), 10);
        runtime.remove(runtime.list().get(0).id());
        TaskReport report = turns(null, 10);
        assertEquals(StopCode.EssentialContainerExited, report.stopCode());
        String reason = web(report).reason();
        assertEquals("CannotInspectContainerError", reason.substring(0, reason.indexOf(':')));
    }

    private static ContainerReport web(TaskReport report) {
        return report.container("web").orElseThrow();
    }

    private TaskReport run(AssignedTask task) throws ContainerException {
        TaskReport report = turns(task, 200);
        assertEquals(ContainerReport.State.STOPPED, report.lastStatus());
        return report;
    }

    /** So many seconds of the host's life. */
    private TaskReport turns(AssignedTask task, int seconds) throws ContainerException {
        if (task != null) {
            loop.welcome("epoch-1", now);
            loop.assign(full(task));
        }
        for (int second = 0; second < seconds; second++) {
            engine.advanceTo(now);
            loop.observed(loop.mark(), runtime.list(), now);
            for (List<Action> due = loop.next(now); !due.isEmpty(); due = loop.next(now))
                for (Action action : due) loop.completed(action, runner.run(action), now);
            now = now.plusSeconds(1);
        }
        return loop.reports().get(0);
    }
}
