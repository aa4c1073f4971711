package io.staithe.agent.task;

import static io.staithe.agent.task.Given.container;
import static io.staithe.agent.task.Given.full;
import static io.staithe.agent.task.Given.put;
import static io.staithe.agent.task.Given.removed;
import static io.staithe.agent.task.Given.stopped;
import static io.staithe.agent.task.Given.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.agent.task.Outcome.Failure.Kind;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.model.ContainerDependency.Condition;
import io.staithe.core.model.ContainerReport.State;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What runs before a stop: always, once, before the signal, and never longer than it may. */
final class PreStopTest {
    private final Stage stage = new Stage();
    private final AssignedTask task = task(1, container("web").preStop(20, "/bin/flush", "--all"));

    @Test
    void runsBeforeTheStopSignal() {
        stage.assign(full(task));
        assertFalse(stage.log.contains("run web /bin/flush --all"));
        stage.log.clear();
        stage.assign(put(stopped(task)));
        assertEquals(List.of("run web /bin/flush --all", "stop web"), stage.log);
        assertNull(stage.report(1).container("web").orElseThrow().reason());
    }

    @Test
    void runsWhateverEndsTheTask() {
        stage.assign(full(task)).log.clear();
        stage.assign(removed(task));
        assertEquals(List.of("run web /bin/flush --all", "stop web"), stage.log.subList(0, 2));
    }

    @Test
    void doesNotRunWhereNothingRunsAnyMore() {
        AssignedTask pair =
                task(1, container("web").preStop(20, "a"), container("other").preStop(20, "b"));
        stage.assign(full(pair)).log.clear();
        stage.exits(1, "web", 1);
        assertEquals(List.of("run other b", "stop other"), stage.log);
    }

    @Test
    void oneContainerAfterTheOther() {
        AssignedTask pair = task(
                1,
                container("web").preStop(20, "a").dependsOn("db", Condition.START),
                container("db").preStop(20, "b"));
        stage.assign(full(pair)).log.clear();
        stage.assign(put(stopped(pair)));
        assertEquals(List.of("run web a", "stop web", "run db b", "stop db"), stage.log);
    }

    @Test
    void aFailureIsToldAndHoldsNothingUp() {
        stage.failing.put("web /bin/flush --all", "exited with 3: no space left");
        stage.assign(full(task)).assign(put(stopped(task)));
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
        assertEquals(
                "preStop command exited with 3: no space left",
                stage.report(1).container("web").orElseThrow().reason());
        assertEquals(143, stage.report(1).container("web").orElseThrow().exitCode());
    }

    @Test
    void whatNeverAnswersIsGivenUpAtItsDeadline() {
        stage.assign(full(task)).hold(Action.RunPreStop.class).assign(put(stopped(task)));
        assertEquals(Duration.ofSeconds(20), ((Action.RunPreStop) stage.held.get(0)).timeout());
        Duration most = Duration.ofSeconds(20).plus(PreStopRun.MARGIN);
        assertEquals(Stage.START.plus(most), stage.loop.wakeAt());
        stage.pass(most);
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
        assertEquals(
                "preStop command has not ended in time",
                stage.report(1).container("web").orElseThrow().reason());
        stage.release();
        assertEquals(1, stage.log.stream().filter("stop web"::equals).count());
    }

    @Test
    void aRuntimeThatIsAwayIsTriedUntilTheDeadline() {
        stage.assign(full(task)).fail("run preStop", Kind.UNAVAILABLE, "away").assign(put(stopped(task)));
        for (int second = 0; second < 24; second++) stage.pass(Duration.ofSeconds(1));
        assertFalse(stage.log.contains("stop web"));
        stage.pass(Duration.ofSeconds(1));
        assertTrue(stage.log.contains("stop web"));
    }

    @Test
    void whatCannotBeRunIsNotTriedTwice() {
        stage.assign(full(task))
                .fail("run preStop", Kind.TIMEOUT, "ContainerRuntimeTimeoutError: no answer")
                .assign(put(stopped(task)));
        assertEquals(
                "preStop command ContainerRuntimeTimeoutError: no answer",
                stage.report(1).container("web").orElseThrow().reason());
    }

    @Test
    void withoutATimeoutOfItsOwnItHasTheContainers() {
        AssignedTask other = task(1, container("web").stopTimeout(7).preStop(null, "a"));
        stage.assign(full(other)).hold(Action.RunPreStop.class).assign(put(stopped(other)));
        assertEquals(Duration.ofSeconds(7), ((Action.RunPreStop) stage.held.get(0)).timeout());
    }
}
