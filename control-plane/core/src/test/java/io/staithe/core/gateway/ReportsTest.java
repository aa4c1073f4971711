package io.staithe.core.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskReport;
import io.staithe.core.state.Plan;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What agents say of tasks and targets, and what of it counts. */
class ReportsTest extends GatewayScene {
    @Test
    void reportsAreStored() {
        joins(1, host.build());
        Task task = placed(1);
        gateway.reports(1, tasks(report(task, 1, ContainerReport.State.RUNNING)), world.now);
        run();
        assertEquals(1, stored(task).sequence());
    }

    @Test
    void onlyANewerReportCounts() {
        joins(1, host.build());
        Task task = placed(1);
        gateway.reports(
                1,
                tasks(report(task, 3, ContainerReport.State.RUNNING), report(task, 2, ContainerReport.State.PENDING)),
                world.now);
        run();
        assertEquals(3, stored(task).sequence());
        gateway.reports(1, tasks(report(task, 3, ContainerReport.State.STOPPED)), world.now);
        assertEquals(Optional.empty(), next());
        gateway.reports(1, tasks(report(task, 4, ContainerReport.State.STOPPED)), world.now);
        run();
        gateway.reports(1, tasks(report(task, 5, ContainerReport.State.RUNNING)), world.now);
        run();
        assertEquals(4, stored(task).sequence(), "what has stopped stays stopped");
    }

    @Test
    void anAgentSpeaksForItselfOnly() {
        joins(1, host.build());
        joins(2, GivenHello.host(2).build());
        Task ours = placed(1);
        TaskReport report = report(ours, 1, ContainerReport.State.RUNNING);
        gateway.reports(2, tasks(report), world.now);
        assertEquals(Optional.empty(), next(), "a report in another host's name");
        gateway.reports(2, tasks(inNameOf(report, GivenHello.host(2).id(), 1)), world.now);
        assertEquals(Optional.empty(), next(), "a report on another host's task");
        gateway.reports(1, tasks(inNameOf(report, host.id(), 7)), world.now);
        assertEquals(Optional.empty(), next(), "a report of another incarnation");
        gateway.reports(9, tasks(report), world.now);
        assertEquals(Optional.empty(), next(), "a report of no session");
    }

    @Test
    void aHostThatIsNoEdgeSaysNothingOfTargets() {
        joins(1, host.build());
        Task task = placed(1);
        gateway.reports(1, targets(false, target(task, "web")), world.now);
        assertEquals(Optional.empty(), next());
    }

    @Test
    void aFullReportRemovesTheTargetsThatAreNotInIt() {
        joins(1, host.edge().build());
        Task task = placed(1);
        gateway.reports(1, targets(true, target(task, "a"), target(task, "b")), world.now);
        run();
        assertEquals(2, targetsKnown());
        gateway.reports(1, targets(true, target(task, "b")), world.now);
        run();
        assertEquals(1, targetsKnown());
        gateway.reports(
                1,
                new Reports(
                        false, List.of(), List.of(), List.of(target(task, "b").target())),
                world.now);
        run();
        assertEquals(0, targetsKnown());
    }

    @Test
    void aFullReportForgetsWhatWasHeardBeforeAndIsNotStoredYet() {
        joins(1, host.edge().build());
        Task task = placed(1);
        gateway.reports(1, targets(false, target(task, "a")), world.now);
        gateway.reports(1, targets(true), world.now);
        run();
        assertEquals(0, targetsKnown());
    }

    @Test
    void aFullReportRemovesWhatIsJustBeingStored() {
        joins(1, host.edge().build());
        Task task = placed(1);
        gateway.reports(1, targets(false, target(task, "a")), world.now);
        Plan plan = next().orElseThrow();
        gateway.reports(1, targets(true), world.now);
        commit(plan);
        run();
        assertEquals(0, targetsKnown());
    }

    @Test
    void manyReportsAreStoredInSeveralCommits() {
        joins(1, host.build());
        Task[] tasks = new Task[300];
        for (int i = 0; i < tasks.length; i++) tasks[i] = placed(i);
        for (Task task : tasks) gateway.reports(1, tasks(report(task, 1, ContainerReport.State.RUNNING)), world.now);
        run();
        assertEquals(tasks.length, world.state().count(Kind.TASK_REPORT));
    }
}
