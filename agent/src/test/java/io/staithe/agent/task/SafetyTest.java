package io.staithe.agent.task;

import static io.staithe.agent.task.Given.container;
import static io.staithe.agent.task.Given.full;
import static io.staithe.agent.task.Given.launched;
import static io.staithe.agent.task.Given.put;
import static io.staithe.agent.task.Given.removed;
import static io.staithe.agent.task.Given.stopped;
import static io.staithe.agent.task.Given.task;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.agent.container.Container;
import io.staithe.agent.task.Outcome.Failure.Kind;
import io.staithe.core.assignment.AssignedTask;
import io.staithe.core.model.ContainerReport.State;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.TaskReport;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What must never happen: a second start, a container ended that nobody gave up, one left that nobody wants. */
final class SafetyTest {
    private final Stage stage = new Stage();
    private final AssignedTask web = task(1, container("web"));

    @Test
    void nothingIsDoneBeforeTheFirstLook() {
        stage.restart(Checkpoint.FIRST).welcome("epoch-1").assign(full(web));
        assertTrue(stage.log.isEmpty());
        stage.look();
        assertTrue(stage.container(1, "web").isAlive());
    }

    @Test
    void adoptsItsContainersAfterItsOwnRestart() {
        stage.assign(full(web));
        stage.restart(stage.loop.checkpoint()).look().welcome("epoch-1").assign(full(launched(web)));
        assertEquals(1, starts());
        assertEquals(List.of(State.RUNNING), statuses());
    }

    @Test
    void adoptsItsContainersWithoutACheckpoint() {
        stage.assign(full(web));
        stage.restart(Checkpoint.LOST).look();
        assertTrue(stage.container(1, "web").isAlive());
        stage.welcome("epoch-1").assign(full(launched(web)));
        assertEquals(1, starts());
        assertEquals(State.RUNNING, stage.report(1).lastStatus());
        assertEquals(2, stage.report(1).incarnation());
    }

    @Test
    void doesNotStartWhatItMayHaveForgotten() {
        stage.restart(Checkpoint.LOST).look().welcome("epoch-1").assign(full(launched(web)));
        assertEquals(0, starts());
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
    }

    @Test
    void startsWhatWasNeverReportedThoughItsMemoryIsLost() {
        stage.restart(Checkpoint.LOST).look().welcome("epoch-1").assign(full(web));
        assertEquals(1, starts());
    }

    @Test
    void aContainerThatWasBegunAndIsGoneIsNotMadeAgain() {
        stage.assign(full(web)).vanishes(1, "web");
        assertEquals(1, starts());
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
        assertEquals("Essential container in task exited", stage.report(1).reason());
        assertEquals(
                "CannotInspectContainerError: No such container: c-1-web",
                stage.report(1).containers().get(0).reason());
    }

    @Test
    void theCheckpointKnowsAStartBeforeItIsCarriedOut() {
        stage.hold(Action.Start.class).assign(full(web));
        assertEquals(1, stage.held.size());
        Checkpoint checkpoint = stage.loop.checkpoint();
        assertTrue(checkpoint.tasks().get(0).begun().contains("web"));
        stage.containers.clear();
        stage.restart(checkpoint).look();
        assertEquals(0, starts());
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
    }

    @Test
    void aStartThatWasLostWithTheProcessIsMadeUpFor() {
        stage.hold(Action.Start.class).assign(full(web));
        stage.restart(stage.loop.checkpoint()).hold(action -> false).look();
        assertEquals(State.RUNNING, stage.report(1).lastStatus());
        assertEquals(1, starts());
    }

    @Test
    void goesOnFromItsCheckpointWithTheControlPlaneAway() {
        stage.hold(Action.Pull.class).assign(full(web));
        stage.restart(stage.loop.checkpoint()).hold(action -> false).look();
        assertEquals(State.RUNNING, stage.report(1).lastStatus());
    }

    @Test
    void sequenceNumbersGoOnAfterARestart() {
        stage.assign(full(web));
        TaskReport before = stage.report(1);
        stage.restart(stage.loop.checkpoint()).look();
        stage.exits(1, "web", 0);
        assertTrue(stage.report(1).supersedes(before));
    }

    @Test
    void aLookThatBeganBeforeAnActionEndedDoesNotJudgeIt() {
        long early = stage.loop.mark();
        stage.assign(full(web));
        stage.loop.observed(early, List.of(), stage.now);
        stage.settle();
        assertEquals(State.RUNNING, stage.report(1).lastStatus());
    }

    @Test
    void aStopDuringThePullStartsNothing() {
        stage.hold(Action.Pull.class).assign(full(web)).assign(put(stopped(web)));
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
        stage.release();
        assertEquals(List.of("pull app:1"), stage.log);
    }

    @Test
    void aStopDuringTheCreationStartsNothing() {
        stage.hold(Action.Create.class).assign(full(web)).assign(put(stopped(web)));
        assertEquals(State.PENDING, stage.report(1).lastStatus());
        stage.release();
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
        assertEquals(0, starts());
    }

    @Test
    void aStopDuringTheStartStopsWhatStarted() {
        stage.hold(Action.Start.class).assign(full(web)).assign(put(stopped(web)));
        stage.release();
        assertEquals(List.of("pull app:1", "create web", "start web", "stop web"), stage.log);
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
    }

    @Test
    void aStartThatWasCarriedOutAfterAllIsStopped() {
        stage.fail("start", Kind.TIMEOUT, "ContainerRuntimeTimeoutError: no answer")
                .assign(full(web));
        stage.mend().assign(put(stopped(web)));
        assertEquals(State.PENDING, stage.report(1).lastStatus(), "unknown until the runtime has been looked at");
        stage.turns(1, "web", HealthStatus.UNKNOWN);
        assertFalse(stage.container(1, "web").isAlive());
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
    }

    @Test
    void aStartWhoseAnswerWasLostIsNotRepeatedBeforeALook() {
        stage.fail("start", Kind.TIMEOUT, "ContainerRuntimeTimeoutError: no answer")
                .assign(full(web));
        stage.mend().pass(Duration.ofMinutes(1));
        assertEquals(0, starts(), "it may have started, and ended, meanwhile");
        stage.exits(1, "web", 0);
        assertEquals(0, starts());
        assertEquals("Essential container in task exited", stage.report(1).reason());
    }

    @Test
    void aContainerOfAStoppedTaskThatComesUpLateIsStopped() {
        stage.assign(full(web)).assign(put(stopped(web)));
        stage.turns(1, "web", HealthStatus.UNKNOWN);
        assertFalse(stage.container(1, "web").isAlive());
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
    }

    @Test
    void onceStoppedAlwaysStopped() {
        stage.assign(full(web)).assign(put(stopped(web))).assign(put(web)).assign(full(web));
        assertEquals(1, starts());
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
    }

    @Test
    void aTaskThatIsOverAndGoneStaysSoAndSaysSo() {
        stage.assign(full(web));
        TaskReport running = stage.report(1);
        stage.assign(put(stopped(web))).assign(removed(web)).pass(Duration.ofHours(2));
        assertTrue(stage.containers.isEmpty());
        assertTrue(stage.loop.checkpoint().tasks().isEmpty());
        stage.restart(stage.loop.checkpoint()).look().welcome("epoch-1").assign(full(web));
        assertEquals(1, starts());
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
        assertTrue(stage.report(1).supersedes(running));
    }

    @Test
    void repeatedDeltasChangeNothing() {
        stage.assign(full(web)).assign(put(web)).assign(full(web)).assign(put(web));
        assertEquals(List.of("pull app:1", "create web", "start web"), stage.log);
        assertEquals(4, stage.sent.size(), "pulling, pulled, created, running");
    }

    @Test
    void aTaskThatAFullAssignmentDoesNotNameIsStoppedAndRemoved() {
        stage.assign(full(web)).welcome("epoch-1").assign(full());
        assertFalse(stage.container(1, "web").isAlive());
        stage.pass(Duration.ofHours(1));
        assertTrue(stage.containers.isEmpty());
    }

    @Test
    void differencesWithoutAWholeAreIgnored() {
        stage.assign(full(web)).welcome("epoch-1").assign(removed(web));
        assertTrue(stage.container(1, "web").isAlive());
    }

    @Test
    void unknownContainersAreEndedOnlyAfterAFullAssignment() {
        stage.assign(full(web));
        stage.restart(Checkpoint.FIRST).look();
        stage.welcome("epoch-1").settle();
        assertTrue(stage.container(1, "web").isAlive());
        stage.assign(full());
        assertTrue(stage.containers.isEmpty());
    }

    @Test
    void aNewEpochKeepsWhatItDoesNotNameForAWhile() {
        stage.assign(full(web)).welcome("epoch-2").assign(full());
        stage.pass(Duration.ofMinutes(9));
        assertTrue(stage.container(1, "web").isAlive());
        stage.restart(stage.loop.checkpoint()).look().welcome("epoch-2").assign(full());
        assertTrue(stage.container(1, "web").isAlive(), "the grace time outlives the process");
        stage.pass(Duration.ofMinutes(1));
        assertFalse(stage.container(1, "web").isAlive());
    }

    @Test
    void aNewEpochThatNamesItAgainKeepsIt() {
        stage.assign(full(web)).welcome("epoch-2").assign(full()).assign(put(launched(web)));
        stage.pass(Duration.ofHours(1));
        assertTrue(stage.container(1, "web").isAlive());
        assertEquals(1, starts());
    }

    @Test
    void withoutMemoryUnknownContainersAreKeptForAWhile() {
        stage.assign(full(web));
        stage.restart(Checkpoint.LOST).look().welcome("epoch-1").assign(full());
        assertTrue(stage.container(1, "web").isAlive());
        stage.pass(Duration.ofMinutes(10));
        assertTrue(stage.containers.isEmpty());
    }

    @Test
    void aRestartOfTheRuntimeThatLeftContainersAloneIsNotSeen() {
        stage.assign(full(web));
        int before = stage.sent.size();
        stage.look().look();
        assertEquals(before, stage.sent.size());
    }

    @Test
    void aRestartBySomebodyElseIsCounted() {
        stage.assign(full(web));
        Container was = stage.container(1, "web");
        stage.containers.put(
                was.id(),
                new Container(
                        was.id(),
                        was.task(),
                        was.name(),
                        was.image(),
                        was.imageId(),
                        was.state(),
                        null,
                        false,
                        null,
                        was.health(),
                        was.address(),
                        List.of(),
                        was.labels(),
                        null,
                        was.createdAt(),
                        was.startedAt().plusSeconds(5),
                        null));
        stage.look();
        assertEquals(1, stage.report(1).containers().get(0).restartCount());
        assertEquals(State.RUNNING, stage.report(1).lastStatus());
    }

    @Test
    void aTaskStoppedBeforeItWasKnownIsReportedStopped() {
        stage.assign(full(stopped(web)));
        assertTrue(stage.log.isEmpty());
        assertEquals(State.STOPPED, stage.report(1).lastStatus());
        assertNull(stage.report(1).startedAt());
    }

    @Test
    void anUnknownOrRepeatedCompletionChangesNothing() {
        stage.hold(Action.Start.class).assign(full(web));
        Action start = stage.held.get(0);
        stage.release();
        stage.loop.completed(start, Outcome.failed(Kind.PERMANENT, "late"), stage.now);
        stage.settle();
        assertEquals(State.RUNNING, stage.report(1).lastStatus());
    }

    private long starts() {
        return stage.log.stream().filter("start web"::equals).count();
    }

    private List<State> statuses() {
        return stage.loop.reports().stream().map(TaskReport::lastStatus).toList();
    }
}
