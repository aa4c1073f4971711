package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Containers;
import io.staithe.core.model.CircuitBreaker;
import io.staithe.core.model.CircuitBreaker.Threshold;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DeploymentDeadline;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.DeploymentRequest;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailedDeploymentTest extends WebDeploymentCase {
    private final TaskDefinition good = world.definition("web", 1, 64);
    private final TaskDefinition bad = world.definition("web", 2, 64);

    FailedDeploymentTest() {
        world.host("h1", 8192, 8192);
    }

    @ParameterizedTest(name = "of {0} tasks {3} may not fail: {1} {2}")
    @CsvSource({
        "1,    ,                   ,   3",
        "6,    ,                   ,   3",
        "7,    ,                   ,   4",
        "25,   ,                   ,   13",
        "400,  ,                   ,   200",
        "5000, ,                   ,   200",
        "4,    COUNT,              1,  1",
        "4,    COUNT,              7,  7",
        "10,   BOUNDED_PERCENT,    10, 3",
        "100,  BOUNDED_PERCENT,    10, 10",
        "1,    UNBOUNDED_PERCENT,  10, 1",
        "5000, UNBOUNDED_PERCENT,  10, 500",
    })
    void theThresholdIsEcss(int desired, Threshold.@Nullable Type type, @Nullable Integer value, int tasks) {
        Threshold threshold = type == null || value == null ? null : new Threshold(type, value);
        assertEquals(tasks, new CircuitBreaker(true, true, threshold, null).threshold(desired));
    }

    @Test
    void aDeploymentWhoseTasksKeepFailingGoesBackToTheLastOneThatWasCompleted() {
        start(CircuitBreaker.of(true), null);
        DeploymentId before = primary().id();
        world.deploy("web", bad);
        DeploymentId failed = world.service("web").deployment();
        failUntil(RolloutState.FAILED, failed);
        assertEquals(before, world.service("web").deployment());
        assertEquals(good.id(), world.service("web").revision().taskDefinition());
        world.rest();
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
        assertEquals(4, running(good));
        assertEquals(0, running(bad));
        Deployment.Rollback rollback =
                world.state().deployment(failed).orElseThrow().rollback();
        assertEquals(before, rollback == null ? null : rollback.to());
        assertTrue(said("(deployment ecs-svc/" + failed + ") deployment failed: tasks failed to start"));
        assertTrue(said("rolling back to (deployment ecs-svc/" + before + ")"));
    }

    @Test
    void withoutRollbackItStopsStartingTasksAndTheOldOnesGoOn() {
        start(CircuitBreaker.of(false), null);
        world.deploy("web", bad);
        DeploymentId failed = world.service("web").deployment();
        failUntil(RolloutState.FAILED, failed);
        world.pass(Duration.ofHours(1)).rest();
        assertEquals(4, running(good));
        assertEquals(0, world.active("web").size() - running(good));
        assertTrue(primary().rolloutStateReason().contains("Deploy another revision"));
        world.dies(world.running("web").get(0).id());
        world.rest();
        assertEquals(4, running(good), "the old revision is kept whole");
    }

    @Test
    void itTriesAgainWhenItIsTold() {
        start(CircuitBreaker.of(false), null);
        world.deploy("web", bad);
        failUntil(RolloutState.FAILED, world.service("web").deployment());
        ask(DeploymentRequest.Action.CONTINUE);
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
        assertEquals(4, running(bad));
    }

    @Test
    void theFirstDeploymentHasNothingToGoBackTo() {
        world.service("web", ServiceRevision.of(bad.id()), 4, configuration(CircuitBreaker.of(true)));
        failUntil(RolloutState.FAILED, world.service("web").deployment());
        assertTrue(primary().rolloutStateReason().contains("no completed deployment to go back to"));
    }

    @Test
    void whatRunsOfAFailedFirstDeploymentIsNotStoppedWhenItIsInDoubtForAMoment() {
        TaskDefinition checked = world.definition("web", 3, 64, Containers.checked());
        world.service("web", ServiceRevision.of(checked.id()), 3, configuration(null));
        world.settle();
        List<Task> working = world.active("web").subList(0, 2);
        working.forEach(task -> world.report(task, ContainerReport.State.RUNNING, HealthStatus.HEALTHY, null));
        world.settle();
        world.put(world.service("web")
                .but()
                .deploymentRequest(new DeploymentRequest(primary().id(), DeploymentRequest.Action.ABORT, world.now))
                .build());
        world.settle();
        assertEquals(RolloutState.FAILED, primary().rolloutState());
        assertEquals(2, world.active("web").size());
        world.report(working.get(0), ContainerReport.State.RUNNING, HealthStatus.UNKNOWN, null);
        world.settle();
        assertEquals(2, world.active("web").size());
    }

    @Test
    void aRollbackThatFailsEndsInANamedState() {
        start(CircuitBreaker.of(true), null);
        DeploymentId before = primary().id();
        world.deploy("web", bad);
        world.running("web").forEach(task -> world.dies(task.id()));
        failUntil(RolloutState.FAILED, world.service("web").deployment());
        failUntil(RolloutState.FAILED, before);
        assertEquals(before, world.service("web").deployment());
        assertTrue(primary().rolloutStateReason().contains("This was the rollback of another one"));
    }

    @Test
    void aHealthyTaskStartsTheCountAnewUnlessItIsToldNotTo() {
        start(new CircuitBreaker(true, true, new Threshold(Threshold.Type.COUNT, 3), null), null);
        world.deploy("web", bad);
        world.converge();
        world.pass(Duration.ofSeconds(41)).converge();
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
        assertEquals(0, primary().failedTasks());
    }

    @Test
    void noProgressForTooLongIsAFailure() {
        start(null, new DeploymentDeadline(60, null, true));
        DeploymentId before = primary().id();
        world.deploy("web", world.definition("web", 3, 100_000));
        world.settle();
        world.pass(Duration.ofSeconds(59)).settle();
        assertFalse(before.equals(world.service("web").deployment()));
        world.pass(Duration.ofSeconds(1)).settle();
        assertEquals(before, world.service("web").deployment());
        assertTrue(said("no task became healthy and no stage was left for 60 seconds"));
    }

    @Test
    void aPausedDeploymentStaysWhereItIsAndReplacesWhatFails() {
        start(null, null);
        world.deploy("web", bad);
        world.settle();
        ask(DeploymentRequest.Action.PAUSE);
        world.pass(Duration.ofMinutes(5)).rest();
        assertEquals(RolloutState.IN_PROGRESS, primary().rolloutState());
        int old = running(good);
        assertEquals(4, old + running(bad));
        ask(DeploymentRequest.Action.CONTINUE);
        assertEquals(4, running(bad));
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
    }

    @Test
    void aUserRollsBack() {
        start(null, null);
        DeploymentId before = primary().id();
        world.deploy("web", bad);
        world.settle();
        ask(DeploymentRequest.Action.ROLLBACK);
        assertEquals(before, world.service("web").deployment());
        assertEquals(4, running(good));
        assertEquals(0, running(bad));
    }

    @Test
    void aUserStopsItWhereItIs() {
        start(null, null);
        world.deploy("web", bad);
        world.settle();
        ask(DeploymentRequest.Action.ABORT);
        assertEquals(RolloutState.FAILED, primary().rolloutState());
        assertEquals(4, running(good) + running(bad));
    }

    private void start(@Nullable CircuitBreaker breaker, @Nullable DeploymentDeadline deadline) {
        world.service("web", ServiceRevision.of(good.id()), 4, configuration(breaker));
        world.put(world.service("web").but().deploymentDeadline(deadline).build());
        world.rest();
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
    }

    private static DeploymentConfiguration configuration(@Nullable CircuitBreaker breaker) {
        return new DeploymentConfiguration(100, 200, breaker, null, null, null, null, null, List.of());
    }

    /** No task of the deployment starts, until it is in this state. */
    private void failUntil(RolloutState state, DeploymentId deployment) {
        for (int i = 0; i < 200; i++) {
            world.pass(Duration.ofSeconds(1)).settle();
            if (world.state().deployment(deployment).orElseThrow().rolloutState() == state) return;
            world.active("web").stream()
                    .filter(task -> deployment.equals(task.deployment()) && task.instance() != null)
                    .forEach(task -> world.report(
                            task, ContainerReport.State.STOPPED, HealthStatus.UNKNOWN, StopCode.TaskFailedToStart));
        }
        throw new AssertionError("is still " + world.state().deployment(deployment));
    }
}
