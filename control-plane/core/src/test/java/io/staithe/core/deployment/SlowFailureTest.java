package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.CircuitBreaker;
import io.staithe.core.model.CircuitBreaker.Threshold;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DeploymentFailure.Cause;
import io.staithe.core.model.DeploymentRequest;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A deployment whose tasks fail so seldom that the first of them are forgotten before the last one fails. */
class SlowFailureTest extends WebDeploymentCase {
    private static final Duration BETWEEN = Duration.ofMinutes(25);
    private static final int MANY = 5;

    private final TaskDefinition bad = world.definition("web", 1, 64);

    SlowFailureTest() {
        world.host("h1", 8192, 8192);
        CircuitBreaker breaker = new CircuitBreaker(true, true, new Threshold(Threshold.Type.COUNT, MANY), null);
        world.service(
                "web",
                ServiceRevision.of(bad.id()),
                1,
                new DeploymentConfiguration(100, 200, breaker, null, null, null, null, null, List.of()));
        world.settle();
    }

    @Test
    void whatIsForgottenStillCounts() {
        for (int failures = 1; failures <= MANY; failures++) {
            assertEquals(RolloutState.IN_PROGRESS, primary().rolloutState());
            fail();
            assertEquals(failures, primary().failedTasks());
        }
        assertTrue(stored() < MANY, "the test is about tasks that are forgotten");
        assertEquals(RolloutState.FAILED, primary().rolloutState());
        assertEquals(
                Cause.CIRCUIT_BREAKER,
                Objects.requireNonNull(primary().failure()).cause());
    }

    @Test
    void theCountBeginsAnewWhenItIsToldToTryAgain() {
        for (int failures = 1; failures <= MANY; failures++) fail();
        ask(DeploymentRequest.Action.CONTINUE);
        assertEquals(0, primary().failedTasks());
        assertEquals(0, primary().forgottenFailures());
        assertEquals(null, primary().failure());
    }

    @Test
    void theCountBeginsAnewWithATaskThatBecomesHealthy() {
        for (int failures = 1; failures < MANY; failures++) fail();
        world.pass(BETWEEN).converge();
        world.pass(Duration.ofSeconds(41)).converge();
        assertEquals(0, primary().failedTasks());
        assertEquals(0, primary().forgottenFailures());
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
    }

    private void fail() {
        world.pass(BETWEEN).settle();
        Task only = world.active("web").get(0);
        world.report(only, ContainerReport.State.STOPPED, HealthStatus.UNKNOWN, StopCode.TaskFailedToStart);
        world.settle();
    }

    private long stored() {
        return world.state()
                .tasksOf(world.service("web").id())
                .filter(Task::isStopped)
                .count();
    }
}
