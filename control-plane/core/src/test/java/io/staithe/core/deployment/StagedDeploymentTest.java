package io.staithe.core.deployment;

import static io.staithe.core.model.LifecycleStage.BAKE_TIME;
import static io.staithe.core.model.LifecycleStage.POST_SCALE_UP;
import static io.staithe.core.model.LifecycleStage.PRE_SCALE_UP;
import static io.staithe.core.model.LifecycleStage.PRODUCTION_TRAFFIC_SHIFT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.World;
import io.staithe.core.assignment.ForwardShares;
import io.staithe.core.model.Alarm;
import io.staithe.core.model.ContainerInstance;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.Deployment.RolloutState;
import io.staithe.core.model.DeploymentAlarms;
import io.staithe.core.model.DeploymentConfiguration;
import io.staithe.core.model.DeploymentConfiguration.CanaryConfiguration;
import io.staithe.core.model.DeploymentConfiguration.LinearConfiguration;
import io.staithe.core.model.DeploymentFailure;
import io.staithe.core.model.DeploymentId;
import io.staithe.core.model.DeploymentRequest;
import io.staithe.core.model.DeploymentStrategy;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.LifecycleHook;
import io.staithe.core.model.LifecycleHook.TimeoutConfiguration;
import io.staithe.core.model.LifecycleStage;
import io.staithe.core.model.LoadBalancerMapping;
import io.staithe.core.model.LoadBalancerMapping.AdvancedConfiguration;
import io.staithe.core.model.ServiceRevision;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.TargetHealth;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskReport;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StagedDeploymentTest extends WebDeploymentCase {
    private static final String RULE = "front:80";
    private static final LoadBalancerMapping BOTH_SIDES =
            new LoadBalancerMapping("one", "app", 80, new AdvancedConfiguration("two", RULE, "front:8080", null));

    private final TaskDefinition first = world.definition("web", 1, 64);
    private final TaskDefinition second = world.definition("web", 2, 64);
    private final TaskDefinition migration = world.definition("migrate", 1, 64);

    private final ContainerInstance edge;

    StagedDeploymentTest() {
        world.host("h1", 8192, 8192);
        edge = world.edge("edge");
        world.targetGroup("one", 0);
        world.targetGroup("two", 0);
    }

    @Test
    void blueGreenMovesAllTrafficAtOnceAndKeepsTheOldTasksUntilItHasBaked() {
        start(configuration(DeploymentStrategy.BLUE_GREEN, 10, null, null));
        deploy();
        assertEquals(BAKE_TIME, primary().lifecycleStage());
        assertEquals(Map.of("one", 0, "two", 1000), shares(RULE));
        assertEquals(4, running(first));
        assertEquals(4, running(second));
        world.pass(Duration.ofMinutes(10)).converge();
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
        assertNull(primary().lifecycleStage());
        assertEquals(0, running(first));
        assertEquals(4, running(second));
    }

    @Test
    void anOldTaskStaysForANewOneThatHasFallenIll() {
        start(configuration(DeploymentStrategy.BLUE_GREEN, 10, null, null));
        deploy();
        world.pass(Duration.ofMinutes(9)).converge();
        Task ill = world.running("web").stream()
                .filter(task -> task.taskDefinition().equals(second.id()))
                .findFirst()
                .orElseThrow();
        world.pass(Duration.ofSeconds(59)).says(edge, ill, TargetHealth.State.UNHEALTHY);
        world.pass(Duration.ofSeconds(1)).settle();
        assertEquals(1, running(first));
        world.says(edge, ill, TargetHealth.State.HEALTHY);
        world.converge();
        assertEquals(0, running(first));
        assertEquals(4, running(second));
    }

    @Test
    void theNextDeploymentGoesBackToTheOtherSide() {
        start(configuration(DeploymentStrategy.BLUE_GREEN, 0, null, null));
        deploy();
        assertEquals(Map.of("one", 0, "two", 1000), shares(RULE));
        world.deploy("web", first);
        world.rest();
        assertEquals(Map.of("one", 1000, "two", 0), shares(RULE));
        assertEquals(4, running(first));
    }

    @Test
    void linearMovesTheTrafficInEqualSteps() {
        start(configuration(DeploymentStrategy.LINEAR, 0, new LinearConfiguration(40.0, 5), null));
        deploy();
        assertEquals(Map.of("one", 600, "two", 400), shares(RULE));
        world.pass(Duration.ofSeconds(299)).converge();
        assertEquals(Map.of("one", 600, "two", 400), shares(RULE));
        world.pass(Duration.ofSeconds(1)).converge();
        assertEquals(Map.of("one", 200, "two", 800), shares(RULE));
        world.pass(Duration.ofMinutes(5)).converge();
        assertEquals(Map.of("one", 0, "two", 1000), shares(RULE));
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
    }

    @Test
    void aCanaryTakesASmallPartFirst() {
        start(configuration(DeploymentStrategy.CANARY, 0, null, new CanaryConfiguration(0.5, 5)));
        deploy();
        assertEquals(Map.of("one", 995, "two", 5), shares(RULE));
        world.pass(Duration.ofMinutes(5)).converge();
        assertEquals(Map.of("one", 0, "two", 1000), shares(RULE));
    }

    @Test
    void aCanaryWithoutTargetGroupsIsAPartOfTheTasks() {
        world.service(
                "web",
                ServiceRevision.of(first.id()),
                4,
                configuration(DeploymentStrategy.CANARY, 0, null, new CanaryConfiguration(25.0, 5)));
        world.rest();
        deploy();
        assertEquals(PRODUCTION_TRAFFIC_SHIFT, primary().lifecycleStage());
        assertEquals(3, running(first));
        assertEquals(1, running(second));
        world.dies(of(first).get(0).id());
        world.rest();
        assertEquals(3, running(first), "the old revision replaces its own");
        world.pass(Duration.ofMinutes(5)).rest();
        assertEquals(4, running(second));
        assertEquals(0, running(first));
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
    }

    @Test
    void theTestListenerLeadsToTheNewRevisionFirst() {
        start(configuration(
                DeploymentStrategy.BLUE_GREEN, 0, null, null, pause(LifecycleStage.POST_TEST_TRAFFIC_SHIFT)));
        deploy();
        assertEquals(Map.of("one", 1000, "two", 0), shares(RULE));
        assertEquals(Map.of("one", 0, "two", 1000), shares("front:8080"));
        ask(DeploymentRequest.Action.CONTINUE);
        assertEquals(Map.of("one", 0, "two", 1000), shares(RULE));
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
    }

    @Test
    void aPauseThatNobodyEndsRollsBack() {
        start(configuration(DeploymentStrategy.BLUE_GREEN, 0, null, null, pause(POST_SCALE_UP)));
        ask(DeploymentRequest.Action.CONTINUE);
        DeploymentId before = primary().id();
        deploy();
        assertEquals(4, running(second));
        world.pass(Duration.ofMinutes(30)).rest();
        assertEquals(before, primary().id());
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
        assertEquals(0, running(second));
        assertEquals(4, running(first));
        assertTrue(said("POST_SCALE_UP has not ended within 30"));
    }

    @Test
    void aHookIsATaskThatMustSucceedBeforeAnythingStarts() {
        start(configuration(DeploymentStrategy.ROLLING, null, null, null, migrate()));
        finish(hook(), 0);
        world.rest();
        deploy();
        assertEquals(0, running(second));
        assertEquals(4, running(first));
        finish(hook(), 0);
        world.rest();
        assertEquals(4, running(second));
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
    }

    @Test
    void aHookThatFailsRollsBackAndNoTaskHasStarted() {
        start(configuration(DeploymentStrategy.ROLLING, null, null, null, migrate()));
        finish(hook(), 0);
        world.rest();
        DeploymentId before = primary().id();
        deploy();
        finish(hook(), 3);
        world.rest();
        assertEquals(before, primary().id());
        assertEquals(4, running(first));
        assertEquals(0, of(second).size());
        assertTrue(said("app exited with 3"));
    }

    @Test
    void anAlarmAfterTheShiftGivesTheTrafficBack() {
        DeploymentConfiguration baked = configuration(DeploymentStrategy.BLUE_GREEN, 10, null, null);
        start(new DeploymentConfiguration(
                100,
                200,
                null,
                new DeploymentAlarms(List.of("errors", "latency"), true, true),
                baked.strategy(),
                10,
                null,
                null,
                List.of()));
        ring("latency");
        deploy();
        assertEquals(BAKE_TIME, primary().lifecycleStage(), "an alarm that rang before is not heeded");
        DeploymentId ended = primary().id();
        ring("errors");
        world.settle();
        assertEquals(
                new DeploymentFailure(DeploymentFailure.Cause.ALARM, List.of("errors")),
                world.state().deployment(ended).orElseThrow().failure());
        assertEquals(Map.of("one", 1000, "two", 0), shares(RULE), "at once: all old tasks are there");
        world.rest();
        assertEquals(4, running(first));
        assertEquals(0, running(second));
        assertEquals(RolloutState.COMPLETED, primary().rolloutState());
        assertEquals(first.id(), world.service("web").revision().taskDefinition());
    }

    @Test
    void aRollbackAfterTheOldTasksHaveGoneStartsThemAgainBeforeTheTrafficMoves() {
        start(configuration(DeploymentStrategy.BLUE_GREEN, 0, null, null));
        deploy();
        DeploymentId bad = primary().id();
        world.deploy("web", first);
        world.settle();
        assertEquals(Map.of("one", 0, "two", 1000), shares(RULE));
        assertEquals(4, running(second));
        world.rest();
        assertEquals(Map.of("one", 1000, "two", 0), shares(RULE));
        assertTrue(world.state().deployment(bad).orElseThrow().weight() == 0);
    }

    @Test
    void anotherRevisionInTheMiddleLeavesTheTrafficWhereItIsSafe() {
        start(configuration(DeploymentStrategy.LINEAR, 0, new LinearConfiguration(40.0, 10), null));
        deploy();
        assertEquals(Map.of("one", 600, "two", 400), shares(RULE));
        TaskDefinition third = world.definition("web", 3, 64);
        world.deploy("web", third);
        world.settle();
        assertEquals(Map.of("one", 1000, "two", 0), shares(RULE));
        world.rest();
        assertEquals(Map.of("one", 600, "two", 400), shares(RULE));
        assertEquals(0, running(second));
        assertEquals(4, running(third));
        assertEquals(4, running(first));
    }

    @Test
    void bothSidesFollowTheDesiredCount() {
        start(configuration(DeploymentStrategy.BLUE_GREEN, 10, null, null));
        deploy();
        world.put(world.service("web").but().desiredCount(6).build());
        world.rest();
        assertEquals(6, running(first));
        assertEquals(6, running(second));
    }

    private void start(DeploymentConfiguration configuration) {
        ServiceRevision revision = ServiceRevision.of(first.id())
                .but()
                .loadBalancers(List.of(BOTH_SIDES))
                .build();
        world.service("web", revision, 4, configuration);
        world.rest();
    }

    private void deploy() {
        world.deploy("web", second);
        world.rest();
    }

    private static DeploymentConfiguration configuration(
            DeploymentStrategy strategy,
            @Nullable Integer bake,
            @Nullable LinearConfiguration linear,
            @Nullable CanaryConfiguration canary,
            LifecycleHook... hooks) {
        return new DeploymentConfiguration(100, 200, null, null, strategy, bake, linear, canary, List.of(hooks));
    }

    private static LifecycleHook pause(LifecycleStage stage) {
        return new LifecycleHook(
                LifecycleHook.Type.PAUSE, null, null, List.of(stage), new TimeoutConfiguration(30, null));
    }

    private LifecycleHook migrate() {
        return new LifecycleHook(LifecycleHook.Type.TASK, migration.id(), null, List.of(PRE_SCALE_UP), null);
    }

    private Task hook() {
        return world.state()
                .tasksIn(World.CLUSTER)
                .filter(task -> task.taskDefinition().equals(migration.id()) && task.isActive())
                .findFirst()
                .orElseThrow();
    }

    private void finish(Task hook, int exitCode) {
        world.report(hook, ContainerReport.State.STOPPED, HealthStatus.UNKNOWN, StopCode.EssentialContainerExited);
        var report = world.state().report(hook.id()).orElseThrow();
        world.put(new TaskReport(
                report.task(),
                report.instance(),
                report.incarnation(),
                report.sequence() + 1,
                report.lastStatus(),
                report.healthStatus(),
                List.of(ended(exitCode)),
                null,
                null,
                report.startedAt(),
                null,
                report.stoppedAt(),
                report.stopCode(),
                report.reason()));
    }

    private ContainerReport ended(int exitCode) {
        return new ContainerReport(
                "app",
                null,
                "app:1",
                null,
                ContainerReport.State.STOPPED,
                exitCode,
                null,
                HealthStatus.UNKNOWN,
                List.of(),
                world.now,
                world.now,
                0,
                null,
                null);
    }

    private void ring(String alarm) {
        world.put(new Alarm(alarm, Alarm.State.ALARM, "because of the test", world.now));
    }

    private List<Task> of(TaskDefinition definition) {
        return world.active("web").stream()
                .filter(task -> task.taskDefinition().equals(definition.id()))
                .toList();
    }

    private Map<String, Integer> shares(String rule) {
        return ForwardShares.of(world.state(), rule).orElseThrow();
    }
}
