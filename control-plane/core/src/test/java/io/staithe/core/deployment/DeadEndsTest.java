package io.staithe.core.deployment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.World;
import io.staithe.core.deployment.Waiting.For;
import io.staithe.core.model.CircuitBreaker;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.Deployment;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DeploymentDeadline;
import io.staithe.core.model.DeploymentFailure.Cause;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.DeploymentRequest;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.LifecycleHook;
import io.staithe.core.model.LifecycleHook.TimeoutConfiguration;
import io.staithe.core.model.LifecycleStage;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What can never work ends in a state that has a name and tells the way out, which works; it is never a silent loop. */
class DeadEndsTest extends WebDeploymentCase {
    /** Of a day in which nothing can go on. */
    private static final int FEW_EVENTS = 12;

    private final TaskDefinition good = world.definition("web", 1, 64);
    private final TaskDefinition other = world.definition("web", 2, 64);
    private final TaskDefinition huge = world.definition("web", 3, 100_000);

    DeadEndsTest() {
        world.host("h1", 8192, 8192);
    }

    @Test
    void percentagesThatAllowNoStep() {
        start(DeploymentConfiguration.of(100, 100));
        world.deploy("web", other);
        world.rest();
        aDayPassesQuietly();
        assertEquals(For.ANOTHER_CONFIGURATION, waiting().what());
        assertTrue(
                primary().rolloutStateReason().contains("cannot move"),
                primary().rolloutStateReason());
        assertTrue(primary().rolloutStateReason().endsWith("Lower the one or raise the other."));
        world.put(world.service("web")
                .but()
                .deploymentConfiguration(DeploymentConfiguration.of(100, 150))
                .build());
        world.rest();
        assertEquals(4, running(other));
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
    }

    @Test
    void aTaskDefinitionThatNoHostCanTake() {
        start(DeploymentConfiguration.DEFAULT);
        world.deploy("web", huge);
        world.rest();
        aDayPassesQuietly();
        assertEquals(For.HEALTHY_TASKS, waiting().what());
        assertTrue(waiting().cause().contains("memory"), waiting().cause());
        assertTrue(said("(service web) was unable to place a task because no container instance met all of its"));
        assertEquals(4, running(good), "what works goes on");
        ask(DeploymentRequest.Action.ROLLBACK);
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
    }

    @Test
    void aTaskDefinitionThatNoHostCanTakeFailsByItsDeadline() {
        start(DeploymentConfiguration.DEFAULT);
        world.put(world.service("web")
                .but()
                .deploymentDeadline(new DeploymentDeadline(300, null, false))
                .build());
        world.deploy("web", huge);
        world.settle();
        world.pass(Duration.ofMinutes(5)).rest();
        assertFailed(Cause.DEADLINE);
        world.deploy("web", other);
        world.rest();
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
    }

    @Test
    void aTaskThatNeverStartsWaitsLongerEachTimeWhereNothingEndsIt() {
        start(DeploymentConfiguration.DEFAULT);
        world.deploy("web", other);
        int before = world.messages().size();
        int tries = 0;
        for (int minute = 0; minute < 60; minute++) {
            tries += failAll();
            world.pass(Duration.ofMinutes(1)).settle();
        }
        failAll();
        world.settle();
        assertTrue(tries < 4 * 60 / 3, tries + " tasks in an hour");
        assertEquals(For.BACK_OFF, waiting().what());
        assertTrue(waiting().until() != null);
        assertEquals(
                1,
                world.messages().stream()
                        .skip(before)
                        .filter(message -> message.contains("is unable to consistently start tasks successfully"))
                        .count());
        assertEquals(4, running(good), "what works goes on");
        ask(DeploymentRequest.Action.CONTINUE);
        assertEquals(4, running(other));
    }

    @Test
    void aHookThatHangs() {
        TaskDefinition migration = world.definition("migrate", 1, 64);
        start(DeploymentConfiguration.DEFAULT);
        DeploymentId before = primary().id();
        configure(hook(migration));
        world.deploy("web", other);
        DeploymentId hanging = world.service("web").deployment();
        world.converge();
        assertEquals(For.A_HOOK_TASK, waiting().what());
        assertEquals(world.now.plus(Duration.ofMinutes(30)), waiting().until(), "it is told when the hook is given up");
        world.pass(Duration.ofMinutes(30)).rest();
        Deployment failed = world.state().deployment(hanging).orElseThrow();
        assertEquals(
                Cause.LIFECYCLE_HOOK, Objects.requireNonNull(failed.failure()).cause());
        assertTrue(failed.rolloutStateReason().contains("has not ended within 30 minutes"), failed.toString());
        assertEquals(before, primary().id());
        assertEquals(Optional.empty(), active(migration), "what hangs is stopped");
        assertEquals(4, running(good));
    }

    @Test
    void aRollbackTargetThatStartsNoMore() {
        start(breaking());
        DeploymentId before = primary().id();
        world.deploy("web", other);
        world.settle();
        world.running("web").forEach(task -> world.dies(task.id()));
        for (int i = 0; i < 200 && !(primary().rolloutState() == RolloutState.FAILED && isBack(before)); i++) {
            world.pass(Duration.ofSeconds(10)).settle();
            failAll();
        }
        assertFailed(Cause.CIRCUIT_BREAKER);
        assertEquals(before, primary().id());
        assertTrue(primary().rolloutStateReason().contains("This was the rollback of another one"));
        aDayPassesQuietly();
        ask(DeploymentRequest.Action.CONTINUE);
        assertEquals(4, running(good));
    }

    @Test
    void aRollbackTargetWhoseTaskDefinitionIsGone() {
        start(breaking());
        world.deploy("web", other);
        world.settle();
        world.delete(good.key());
        ask(DeploymentRequest.Action.ROLLBACK);
        assertFailed(Cause.USER);
        assertTrue(primary().rolloutStateReason().contains("There is no completed deployment to go back to"));
    }

    @Test
    void moreProtectedTasksThanAreWanted() {
        start(DeploymentConfiguration.DEFAULT);
        for (Task task : world.running("web"))
            world.put(task.but()
                    .protectedUntil(world.now.plus(Duration.ofDays(2)))
                    .build());
        world.put(world.service("web").but().desiredCount(1).build());
        world.rest();
        aDayPassesQuietly();
        assertEquals(For.PROTECTION, waiting().what());
        assertTrue(primary().rolloutStateReason().contains("protected from ending, the first until"));
        for (Task task : world.running("web"))
            world.put(task.but().protectedUntil(null).build());
        world.rest();
        assertEquals(1, running(good));
        assertTrue(primary().steady());
    }

    private void assertFailed(Cause cause) {
        assertEquals(RolloutState.FAILED, primary().rolloutState());
        assertEquals(cause, Objects.requireNonNull(primary().failure()).cause());
        assertEquals(For.A_DECISION, waiting().what());
        assertTrue(primary().rolloutStateReason().contains("ContinueServiceDeployment"), "the way out is told");
    }

    private void aDayPassesQuietly() {
        int before = world.messages().size();
        for (int hour = 0; hour < 24; hour++) world.pass(Duration.ofHours(1)).converge();
        int said = world.messages().size() - before;
        assertTrue(said <= FEW_EVENTS, said + " events in a day");
    }

    private boolean isBack(DeploymentId before) {
        return before.equals(world.service("web").deployment());
    }

    /** Tasks that are about to start do not; answers how many there were. */
    private int failAll() {
        List<Task> starting = world.active("web").stream()
                .filter(task -> task.instance() != null && task.startedAt() == null)
                .toList();
        starting.forEach(task ->
                world.report(task, ContainerReport.State.STOPPED, HealthStatus.UNKNOWN, StopCode.TaskFailedToStart));
        return starting.size();
    }

    private Optional<Task> active(TaskDefinition definition) {
        return world.state()
                .tasksIn(World.CLUSTER)
                .filter(task -> task.taskDefinition().equals(definition.id()) && task.isActive())
                .findFirst();
    }

    private void start(DeploymentConfiguration configuration) {
        world.service("web", ServiceRevision.of(good.id()), 4, configuration);
        world.rest();
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
    }

    private void configure(LifecycleHook hook) {
        world.put(world.service("web")
                .but()
                .deploymentConfiguration(
                        new DeploymentConfiguration(100, 200, null, null, null, null, null, null, List.of(hook)))
                .build());
    }

    private static LifecycleHook hook(TaskDefinition definition) {
        return new LifecycleHook(
                LifecycleHook.Type.TASK,
                definition.id(),
                null,
                List.of(LifecycleStage.PRE_SCALE_UP),
                new TimeoutConfiguration(30, null));
    }

    private static DeploymentConfiguration breaking() {
        return new DeploymentConfiguration(100, 200, CircuitBreaker.of(true), null, null, null, null, null, List.of());
    }

    private Waiting waiting() {
        return Standing.of(world.state(), world.service("web"), world.now).waiting();
    }
}
