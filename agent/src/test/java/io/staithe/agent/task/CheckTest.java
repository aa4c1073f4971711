package io.staithe.agent.task;

import static io.staithe.agent.task.Given.container;
import static io.staithe.agent.task.Given.full;
import static io.staithe.agent.task.Given.put;
import static io.staithe.agent.task.Given.stopped;
import static io.staithe.agent.task.Given.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.agent.task.Outcome.Failure.Kind;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.model.ContainerDependency.Condition;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.HealthCheck;
import io.staithe.core.model.HealthStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Health checks that the agent makes: when, and what follows, by ECS's timings. */
final class CheckTest {
    private static final String CHECK = "web HTTP 8080 /health";

    private final Stage stage = new Stage();
    private final AssignedTask task = task(1, container("web").checked(check(null)));

    private static HealthCheck check(Integer startPeriod) {
        return new HealthCheck(List.of("HTTP", "8080", "/health"), 10, 2, 3, startPeriod);
    }

    @Test
    void passesSoonAfterTheStartAndThenOnceInAnInterval() {
        stage.assign(full(task));
        assertEquals(HealthStatus.UNKNOWN, health());
        assertEquals(Stage.START.plus(CheckRun.EAGER), stage.loop.wakeAt());
        stage.pass(CheckRun.EAGER);
        assertEquals(HealthStatus.HEALTHY, health());
        assertEquals(1, checks());
        stage.pass(Duration.ofSeconds(9));
        assertEquals(1, checks());
        stage.pass(Duration.ofSeconds(1));
        assertEquals(2, checks());
    }

    /** The verdict of one that never passes comes when ECS's would: after its retries, an interval apart. */
    @Test
    void earlyFailuresCountOnceInAnInterval() {
        fails().assign(full(task));
        seconds(29);
        assertEquals(HealthStatus.UNKNOWN, health());
        seconds(1);
        assertEquals(HealthStatus.UNHEALTHY, health());
        assertEquals(30, checks());
    }

    @Test
    void failuresWithinTheStartPeriodDoNotCount() {
        fails().assign(full(task(1, container("web").checked(check(60)))));
        seconds(79);
        assertEquals(HealthStatus.UNKNOWN, health());
        seconds(1);
        assertEquals(HealthStatus.UNHEALTHY, health());
    }

    @Test
    void afterASuccessSoManyFailuresInARowMakeItUnhealthy() {
        stage.assign(full(task)).pass(CheckRun.EAGER);
        fails().pass(Duration.ofSeconds(10)).pass(Duration.ofSeconds(10));
        assertEquals(HealthStatus.HEALTHY, health());
        stage.failing.clear();
        stage.pass(Duration.ofSeconds(10));
        fails().pass(Duration.ofSeconds(10)).pass(Duration.ofSeconds(10));
        assertEquals(HealthStatus.HEALTHY, health());
        stage.pass(Duration.ofSeconds(10));
        assertEquals(HealthStatus.UNHEALTHY, health());
        stage.failing.clear();
        stage.pass(Duration.ofSeconds(10));
        assertEquals(HealthStatus.HEALTHY, health());
    }

    @Test
    void aCheckThatCannotBeMadeSaysNothing() {
        stage.assign(full(task)).pass(CheckRun.EAGER);
        stage.fail("check web", Kind.UNAVAILABLE, "away");
        seconds(600);
        assertEquals(HealthStatus.HEALTHY, health());
    }

    @Test
    void oneCheckAtATimeAndNoneOfATaskThatStops() {
        stage.hold(Action.Check.class).assign(full(task)).pass(CheckRun.EAGER);
        seconds(60);
        assertEquals(1, stage.held.size());
        stage.release().assign(put(stopped(task))).pass(Duration.ofMinutes(1));
        assertEquals(1, checks());
    }

    @Test
    void anotherStartBeginsAnew() {
        AssignedTask restarting = task(1, container("web").checked(check(null)).restarts(60));
        stage.assign(full(restarting)).pass(CheckRun.EAGER).pass(Duration.ofSeconds(70));
        assertEquals(HealthStatus.HEALTHY, health());
        stage.exits(1, "web", 1);
        assertEquals(HealthStatus.UNKNOWN, health());
        stage.pass(CheckRun.EAGER);
        assertEquals(HealthStatus.HEALTHY, health());
    }

    @Test
    void whatAnEarlierStartWasFoundToBeIsNotTakenForThisOne() {
        AssignedTask restarting = task(1, container("web").checked(check(null)).restarts(60));
        stage.assign(full(restarting)).pass(CheckRun.EAGER);
        stage.hold(Action.Check.class).pass(Duration.ofSeconds(70)).exits(1, "web", 1);
        assertEquals(HealthStatus.UNKNOWN, health());
        stage.release();
        assertEquals(HealthStatus.UNKNOWN, health());
    }

    @Test
    void anotherProcessHoldsToTheLastVerdictUntilItHasItsOwn() {
        stage.assign(full(task)).pass(CheckRun.EAGER);
        stage.restart(stage.loop.checkpoint()).look();
        assertEquals(HealthStatus.HEALTHY, stage.loop.reports().get(0).healthStatus());
    }

    @Test
    void whoWaitsForItsHealthStartsWhenTheCheckPasses() {
        stage.assign(full(
                task(1, container("db").checked(check(null)), container("web").dependsOn("db", Condition.HEALTHY))));
        assertTrue(stage.log.contains("start db"));
        stage.pass(CheckRun.EAGER);
        assertTrue(stage.log.contains("start web"));
    }

    @Test
    void readinessIsToldOfTheContainerAndNotOfTheTasksHealth() {
        HealthCheck inside = new HealthCheck(List.of("CMD", "/ready"), 5, 2, 2, null);
        stage.assign(full(task(1, container("web").checked(check(null)).ready(inside))));
        assertEquals(HealthStatus.UNKNOWN, web().readiness());
        assertFalse(web().isReady());
        stage.pass(CheckRun.EAGER);
        assertEquals(HealthStatus.HEALTHY, web().readiness());
        assertNull(web().checkDetail());
        stage.failing.put("web CMD /ready", "exited with 1: the cache is cold");
        seconds(10);
        assertEquals(HealthStatus.UNHEALTHY, web().readiness());
        assertEquals("exited with 1: the cache is cold", web().checkDetail());
        assertEquals(HealthStatus.HEALTHY, health());
        stage.restart(stage.loop.checkpoint()).look();
        assertEquals(
                HealthStatus.UNHEALTHY,
                stage.loop.reports().get(0).containers().get(0).readiness());
        stage.failing.clear();
        seconds(5);
        assertEquals(HealthStatus.HEALTHY, web().readiness());
    }

    @Test
    void withoutAReadinessCheckAContainerIsReady() {
        stage.assign(full(task));
        assertNull(web().readiness());
        assertTrue(web().isReady());
    }

    private ContainerReport web() {
        return stage.report(1).container("web").orElseThrow();
    }

    private Stage fails() {
        stage.failing.put(CHECK, "GET :8080/health answered 503");
        return stage;
    }

    private void seconds(int seconds) {
        for (int i = 0; i < seconds; i++) stage.pass(Duration.ofSeconds(1));
    }

    private long checks() {
        return stage.log.stream().filter(("check " + CHECK)::equals).count();
    }

    private HealthStatus health() {
        return stage.report(1).healthStatus();
    }
}
