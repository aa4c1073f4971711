package io.staithe.agent.task;

import static io.staithe.agent.task.Given.container;
import static io.staithe.agent.task.Given.full;
import static io.staithe.agent.task.Given.put;
import static io.staithe.agent.task.Given.stopped;
import static io.staithe.agent.task.Given.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.staithe.agent.task.Outcome.Failure.Kind;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.ContainerReport.State;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.StopCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A container's restart policy: the task goes on, and nothing of the earlier run is taken for the later one's. */
final class RestartInPlaceTest {
    private static final HealthCheck CHECK = new HealthCheck(List.of("TCP", "80"), 5, 2, 1, null);

    private final Stage stage = new Stage();

    @Test
    void oneRestartInEachPeriodAndTheTaskGoesOn() {
        stage.assign(full(task(1, container("web").restarts(60))));
        for (int restarts = 1; restarts <= 3; restarts++) {
            stage.pass(Duration.ofSeconds(60)).exits(1, "web", 1);
            assertEquals(restarts, web().restartCount());
            assertEquals(State.RUNNING, web().lastStatus());
            assertNull(web().exitCode());
            assertNull(web().reason());
            assertEquals(State.RUNNING, stage.report(1).lastStatus());
        }
        stage.pass(Duration.ofSeconds(59)).exits(1, "web", 1);
        assertEquals(StopCode.EssentialContainerExited, stage.report(1).stopCode());
        assertEquals(3, web().restartCount());
    }

    @Test
    void healthAndReadinessBeginAnew() {
        stage.assign(full(task(1, container("web").checked(CHECK).ready(CHECK).restarts(60))));
        stage.pass(Duration.ofSeconds(61));
        assertEquals(HealthStatus.HEALTHY, web().healthStatus());
        assertEquals(HealthStatus.HEALTHY, web().readiness());
        stage.hold(Action.Check.class).exits(1, "web", 1);
        assertEquals(HealthStatus.UNKNOWN, web().healthStatus());
        assertEquals(HealthStatus.UNKNOWN, web().readiness());
    }

    @Test
    void aContainerThatIsNotEssentialIsStartedAgainToo() {
        stage.assign(full(
                task(1, container("web"), container("helper").nonEssential().restarts(60))));
        stage.pass(Duration.ofSeconds(61)).exits(1, "helper", 0);
        assertEquals(1, stage.report(1).container("helper").orElseThrow().restartCount());
        stage.exits(1, "helper", 0);
        assertEquals(
                State.STOPPED, stage.report(1).container("helper").orElseThrow().lastStatus());
        assertEquals(State.RUNNING, stage.report(1).lastStatus());
    }

    @Test
    void nothingIsStartedAgainInATaskThatStops() {
        AssignedTask task = task(1, container("web").restarts(60));
        stage.assign(full(task)).pass(Duration.ofSeconds(61));
        stage.hold(Action.Stop.class).assign(put(stopped(task))).exits(1, "web", 1);
        assertEquals(1, stage.log.stream().filter("start web"::equals).count());
        assertEquals(0, web().restartCount());
    }

    @Test
    void theCountOutlivesTheAgentAndWhatEndedMeanwhileIsStartedAgain() {
        stage.assign(full(task(1, container("web").restarts(60))));
        stage.pass(Duration.ofSeconds(60)).exits(1, "web", 1).pass(Duration.ofSeconds(60));
        stage.restart(stage.loop.checkpoint()).exits(1, "web", 1);
        assertEquals(2, web().restartCount());
        assertEquals(State.RUNNING, stage.report(1).lastStatus());
    }

    @Test
    void aRestartThatFailsEndsTheTask() {
        stage.assign(full(task(1, container("web").restarts(60)))).pass(Duration.ofSeconds(61));
        stage.fail("start web", Kind.PERMANENT, "CannotStartContainerError: no").exits(1, "web", 1);
        assertEquals(StopCode.EssentialContainerExited, stage.report(1).stopCode());
        assertEquals("CannotStartContainerError: no", web().reason());
    }

    private ContainerReport web() {
        return stage.report(1).container("web").orElseThrow();
    }
}
