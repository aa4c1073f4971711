package io.staithe.agent.task;

import static io.staithe.agent.task.Given.container;
import static io.staithe.agent.task.Given.full;
import static io.staithe.agent.task.Given.put;
import static io.staithe.agent.task.Given.stopped;
import static io.staithe.agent.task.Given.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.agent.task.Outcome.Failure.Kind;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.model.ContainerDependency.Condition;
import io.staithe.core.model.ContainerReport.State;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.NetworkMode;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.TaskReport;
import io.staithe.core.model.Volume;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A task from its assignment to its end, as ECS has it. */
final class TaskLifeTest {
    private final Stage stage = new Stage();

    @Test
    void pullsThenCreatesThenStarts() {
        stage.assign(full(task(1, container("web"))));
        assertEquals(List.of("pull app:1", "create web", "start web"), stage.log);
        TaskReport report = stage.report(1);
        assertEquals(State.RUNNING, report.lastStatus());
        assertEquals(Stage.START, report.startedAt());
        assertEquals(Stage.START, report.pullStoppedAt());
        assertEquals(Stage.DIGEST, report.containers().get(0).imageDigest());
        assertEquals("app:1", report.containers().get(0).image());
    }

    @Test
    void createsFromWhatWasPulledWhateverTheTagStandsForByNow() {
        stage.assign(full(task(1, container("web"))));
        assertEquals("app:1@" + Stage.DIGEST, stage.createdFrom.get("web"));
    }

    @Test
    void isPendingWhileItPulls() {
        stage.hold(Action.Pull.class).assign(full(task(1, container("web"))));
        assertEquals(State.PENDING, stage.report(1).lastStatus());
        assertEquals(Stage.START, stage.report(1).pullStartedAt());
        assertNull(stage.report(1).pullStoppedAt());
    }

    @Test
    void pullsOnceForAllThatWait() {
        stage.hold(Action.Pull.class)
                .assign(full(task(1, container("web")), task(2, container("web")), task(3, container("web"))));
        assertEquals(1, stage.held.size());
        stage.release();
        assertEquals(1, stage.log.stream().filter("pull app:1"::equals).count());
        assertEquals(3, stage.log.stream().filter("start web"::equals).count());
    }

    @Test
    void makesVolumesAndNetworkFirstAndRemovesThemLast() {
        AssignedTask task = task(1, NetworkMode.AWSVPC, List.of(new Volume("data", null, null)), container("web"));
        stage.assign(full(task));
        assertEquals(
                List.of("pull app:1", "create volume data", "create network", "create web", "start web"), stage.log);
        stage.log.clear();
        stage.assign(put(stopped(task)));
        assertEquals(List.of("stop web", "remove ~network"), stage.log);
        stage.log.clear();
        stage.assign(Given.removed(task)).pass(Duration.ofHours(2));
        assertEquals(List.of("remove web", "remove volumes"), stage.log);
    }

    @Test
    void startsInTheOrderOfDependenciesAndStopsInReverse() {
        AssignedTask task = task(
                1,
                container("web").dependsOn("db", Condition.HEALTHY),
                container("db").checked().dependsOn("init", Condition.SUCCESS),
                container("init").nonEssential());
        stage.assign(full(task));
        assertEquals(List.of("start init"), started());
        stage.exits(1, "init", 0);
        assertEquals(List.of("start init", "start db"), started());
        assertEquals(State.PENDING, stage.report(1).lastStatus());
        stage.turns(1, "db", HealthStatus.HEALTHY);
        assertEquals(List.of("start init", "start db", "start web"), started());
        assertEquals(State.RUNNING, stage.report(1).lastStatus());
        stage.log.clear();
        stage.assign(put(stopped(task)));
        assertEquals(List.of("stop web", "stop db"), stage.log);
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
        assertEquals(143, stage.report(1).container("web").orElseThrow().exitCode());
        assertEquals(0, stage.report(1).container("init").orElseThrow().exitCode());
    }

    @Test
    void createsWhatVolumesAndLinksNeedFirst() {
        stage.assign(full(
                task(1, container("web").link("db:database").volumesFrom("data"), container("data"), container("db"))));
        assertEquals(
                List.of("pull app:1", "create db", "create data", "start db", "start data", "create web", "start web"),
                stage.log);
    }

    @Test
    void linksThatFormACircleAreLeftToTheRuntimeToRefuse() {
        stage.fail("create", Kind.PERMANENT, "CannotCreateContainerError: could not get container for a")
                .assign(full(task(1, container("a").link("b"), container("b").link("a"))));
        assertEquals(StopCode.TaskFailedToStart, stage.report(1).stopCode());
    }

    @Test
    void aDependencyThatFailsEndsTheTask() {
        stage.assign(full(task(
                1,
                container("web").dependsOn("init", Condition.SUCCESS),
                container("init").nonEssential())));
        stage.exits(1, "init", 3);
        assertEquals(StopCode.TaskFailedToStart, stage.report(1).stopCode());
        assertEquals(
                "ResourceInitializationError: container web depends on container init being SUCCESS, which has stopped",
                stage.report(1).reason());
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
        assertEquals(List.of("start init"), started());
    }

    @Test
    void aDependencyIsGivenUpAfterItsStartTimeout() {
        stage.assign(full(task(
                1,
                container("web").dependsOn("db", Condition.HEALTHY),
                container("db").checked().startTimeout(20))));
        stage.pass(Duration.ofSeconds(19));
        assertEquals(State.PENDING, stage.report(1).lastStatus());
        assertEquals(Stage.START.plusSeconds(20), stage.loop.wakeAt());
        stage.pass(Duration.ofSeconds(1));
        assertEquals(
                "ResourceInitializationError: container web depends on container db being HEALTHY,"
                        + " which is not so within its startTimeout",
                stage.report(1).reason());
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
    }

    @Test
    void anEssentialContainersEndEndsTheTask() {
        stage.assign(full(task(1, container("web"), container("sidecar").dependsOn("web", Condition.START))));
        stage.exits(1, "web", 1);
        TaskReport report = stage.report(1);
        assertEquals(StopCode.EssentialContainerExited, report.stopCode());
        assertEquals("Essential container in task exited", report.reason());
        assertEquals(State.STOPPED, report.lastStatus());
        assertEquals(1, report.container("web").orElseThrow().exitCode());
        assertEquals(143, report.container("sidecar").orElseThrow().exitCode());
        assertTrue(stage.log.contains("stop sidecar"));
    }

    @Test
    void anotherContainersEndDoesNot() {
        stage.assign(full(task(1, container("web"), container("helper").nonEssential())));
        stage.exits(1, "helper", 1);
        assertEquals(State.RUNNING, stage.report(1).lastStatus());
        assertEquals(
                State.STOPPED, stage.report(1).container("helper").orElseThrow().lastStatus());
    }

    @Test
    void aFailedPullSaysWhyAndStartsNothing() {
        stage.fail("pull", Kind.PERMANENT, "CannotPullContainerAuthError: no")
                .assign(full(task(1, container("web"), container("other").image("other:1"))));
        assertEquals(StopCode.TaskFailedToStart, stage.report(1).stopCode());
        assertEquals("CannotPullContainerAuthError: no", stage.report(1).reason());
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
        assertTrue(stage.containers.isEmpty());
    }

    @Test
    void aFailedPullThatMayGoBetterIsTriedAgain() {
        stage.fail("pull", Kind.RETRYABLE, "CannotPullContainerError: reset").assign(full(task(1, container("web"))));
        assertEquals(State.PENDING, stage.report(1).lastStatus());
        assertEquals(Stage.START.plusSeconds(1), stage.loop.wakeAt());
        stage.mend().pass(Duration.ofSeconds(1));
        assertEquals(State.RUNNING, stage.report(1).lastStatus());
    }

    @Test
    void aFailedStartSaysWhy() {
        stage.fail("start", Kind.PERMANENT, "CannotStartContainerError: port is already allocated")
                .assign(full(task(1, container("web"))));
        assertEquals(StopCode.TaskFailedToStart, stage.report(1).stopCode());
        assertEquals(
                "CannotStartContainerError: port is already allocated",
                stage.report(1).reason());
    }

    @Test
    void aRuntimeThatIsAwayIsWaitedForWithoutEnd() {
        stage.fail("", Kind.UNAVAILABLE, "ContainerRuntimeError: away").assign(full(task(1, container("web"))));
        for (int i = 0; i < 100; i++) stage.pass(Duration.ofMinutes(1));
        assertEquals(State.PENDING, stage.report(1).lastStatus());
        assertNull(stage.report(1).reason());
        stage.mend().pass(Duration.ofMinutes(1));
        assertEquals(State.RUNNING, stage.report(1).lastStatus());
    }

    @Test
    void restartsInPlaceWhatRanForThePeriod() {
        stage.assign(full(task(1, container("web").restarts(60, 7))));
        stage.pass(Duration.ofSeconds(61)).exits(1, "web", 1);
        assertEquals(List.of("start web", "start web"), started());
        assertEquals(State.RUNNING, stage.report(1).lastStatus());
        assertEquals(1, stage.report(1).containers().get(0).restartCount());
        stage.pass(Duration.ofSeconds(59)).exits(1, "web", 1);
        assertEquals(StopCode.EssentialContainerExited, stage.report(1).stopCode());
    }

    @Test
    void doesNotRestartAfterAnIgnoredExitCode() {
        stage.assign(full(task(1, container("web").restarts(60, 7))));
        stage.pass(Duration.ofSeconds(61)).exits(1, "web", 7);
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
    }

    @Test
    void healthIsTheWorstOfEssentialContainersWithChecks() {
        stage.assign(full(task(
                1,
                container("a").checked(),
                container("b").checked(),
                container("c").checked().nonEssential(),
                container("d"))));
        assertEquals(HealthStatus.UNKNOWN, stage.report(1).healthStatus());
        stage.turns(1, "a", HealthStatus.HEALTHY).turns(1, "c", HealthStatus.UNHEALTHY);
        assertEquals(HealthStatus.UNKNOWN, stage.report(1).healthStatus());
        stage.turns(1, "b", HealthStatus.HEALTHY);
        assertEquals(HealthStatus.HEALTHY, stage.report(1).healthStatus());
        stage.turns(1, "b", HealthStatus.UNHEALTHY);
        assertEquals(HealthStatus.UNHEALTHY, stage.report(1).healthStatus());
        assertEquals(State.RUNNING, stage.report(1).lastStatus(), "what to do about it, the control plane decides");
    }

    @Test
    void stopsWithEachContainersOwnTimeout() {
        AssignedTask task = task(1, container("web").stopTimeout(7), container("other"));
        stage.assign(full(task)).hold(Action.Stop.class).assign(put(stopped(task)));
        assertEquals(
                List.of(Duration.ofSeconds(30), Duration.ofSeconds(7)),
                stage.held.stream().map(a -> ((Action.Stop) a).timeout()).toList());
        assertEquals(State.RUNNING, stage.report(1).lastStatus());
    }

    private List<String> started() {
        return stage.log.stream().filter(line -> line.startsWith("start")).toList();
    }
}
