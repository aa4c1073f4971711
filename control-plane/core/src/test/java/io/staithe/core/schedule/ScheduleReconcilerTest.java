package io.staithe.core.schedule;

import static io.staithe.core.GivenSchedule.schedule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.World;
import io.staithe.core.control.Reconciler;
import io.staithe.core.model.Job;
import io.staithe.core.model.JobPolicy;
import io.staithe.core.model.Kind;
import io.staithe.core.model.PlacementConstraint;
import io.staithe.core.model.PlacementStrategy;
import io.staithe.core.model.Schedule;
import io.staithe.core.model.ScheduleFire;
import io.staithe.core.model.ScheduleFire.Outcome;
import io.staithe.core.model.Tag;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskOverride;
import io.staithe.core.model.TaskOverride.ContainerOverride;
import io.staithe.core.state.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleReconcilerTest {
    private static final String EVERY_FIVE_MINUTES = "cron(0/5 * * * ? *)";

    private final World world = new World();
    private final TaskDefinition first = world.definition("job", 1, 128);

    @Test
    void startsTheTasksOfEachFireTimeAndWakesForTheNext() {
        world.host("host", 4096, 4096);
        JobPolicy policy = new JobPolicy(600, 2, 60);
        world.put(schedule("cron(1/5 * * * ? *)").runs(2, "job").job(policy).build());
        world.converge();
        assertEquals(0, tasks().size());
        assertEquals(at("00:01:00"), world.wakeAt().orElseThrow());
        passTo("00:01:00");
        assertEquals(2, tasks().size());
        for (Task task : tasks()) {
            assertNotNull(task.startedAt());
            assertEquals("chronos-schedule/nightly", task.startedBy());
            Job job = world.state().job(task.id()).orElseThrow();
            assertEquals(policy, job.policy());
            assertEquals("nightly", job.schedule());
        }
        assertEquals("[STARTED 00:01:00 2]", fires());
        passTo("00:06:00");
        assertEquals(4, tasks().size());
        assertTrue(world.messages().contains("schedule nightly: fire time 2026-01-01T00:06:00Z started 2 tasks"));
    }

    @Test
    void itsTasksArePlacedAndTaggedAsAsked() {
        PlacementConstraint constraint = new PlacementConstraint("memberOf", "attribute:disk == ssd");
        PlacementStrategy strategy = new PlacementStrategy("binpack", "memory");
        Tag tag = new Tag("team", "night");
        world.put(schedule("rate(1 day)").placed(constraint, strategy, tag).build());
        world.settle();
        Task task = tasks().get(0);
        assertEquals(List.of(constraint), task.placementConstraints());
        assertEquals(List.of(strategy), task.placementStrategy());
        assertEquals(List.of(tag), task.tags());
    }

    @Test
    void twoLeadersMakeTheSameTasks() {
        Schedule schedule = world.put(schedule("rate(1 day)").runs(3, "job").build());
        Reconciler reconciler = new ScheduleReconciler();
        Plan one = reconciler.reconcile(world.state(), schedule.key(), world.now);
        Plan other = new ScheduleReconciler().reconcile(world.state(), schedule.key(), world.now.plusSeconds(9));
        assertEquals(ids(one), ids(other));
        world.commit(one);
        world.settle();
        assertEquals(3, tasks().size());
        assertTrue(reconciler
                .reconcile(world.state(), schedule.key(), world.now.plusSeconds(9))
                .isEmpty());
    }

    @Test
    void aFamilyMeansItsLatestActiveRevisionAtThatTime() {
        world.put(schedule("cron(0/5 * * * ? *)").build());
        world.definition("job", 2, 128);
        TaskDefinition third = world.definition("job", 3, 128);
        world.put(third.withStatus(TaskDefinition.Status.INACTIVE, world.now));
        world.converge();
        assertEquals(2, tasks().get(0).taskDefinition().revision());
    }

    @Test
    void aFireTimeIsCaughtUpWithForSoLong() {
        world.put(schedule("cron(1/5 * * * ? *)").catchUpSeconds(90).build());
        world.converge();
        passTo("00:02:30");
        assertEquals("[STARTED 00:01:00 1]", fires());
        passTo("00:07:31");
        assertEquals("[STARTED 00:01:00 1, MISSED 00:06:00 0]", fires());
        assertEquals(1, tasks().size());
        assertTrue(world.messages().stream()
                .anyMatch(said -> said.endsWith("missed: nobody was there within 90 s (catchUpSeconds)")));
    }

    @Test
    void onlyTheLatestOfSeveralIsCaughtUpWith() {
        world.put(schedule("cron(1/5 * * * ? *)").catchUpSeconds(600).build());
        world.converge();
        passTo("00:12:00");
        assertEquals("[MISSED 00:01:00 0, MISSED 00:06:00 0, STARTED 00:11:00 1]", fires());
    }

    @Test
    void aLongOutageIsToldInFewWords() {
        world.put(schedule("cron(* * * * ? *)").build());
        world.converge();
        passTo("23:30:30");
        List<ScheduleFire> fires = current().fires();
        assertEquals(Schedule.MAX_FIRES, fires.size());
        assertEquals(Outcome.STARTED, fires.get(19).outcome());
        assertEquals(at("23:30:00"), fires.get(19).at());
        assertTrue(String.valueOf(fires.get(18).reason())
                .endsWith("nor at the fire times between this and the one before"));
        assertEquals(2, tasks().size());
    }

    @Test
    void overlapDecidesWhatBecomesOfEarlierTasks() {
        assertEquals(2, active(Schedule.Overlap.ALLOW));
        assertEquals(1, active(Schedule.Overlap.SKIP));
        assertEquals(1, active(Schedule.Overlap.REPLACE));
    }

    private static int active(Schedule.Overlap overlap) {
        ScheduleReconcilerTest test = new ScheduleReconcilerTest();
        test.world.host("host", 4096, 4096);
        test.world.put(schedule(EVERY_FIVE_MINUTES).overlap(overlap).build());
        test.world.converge();
        Task before = test.tasks().get(0);
        test.passTo("00:05:00");
        boolean remains = overlap != Schedule.Overlap.REPLACE;
        assertEquals(remains, test.world.task(before.id()).isActive());
        String then = overlap == Schedule.Overlap.SKIP ? "SKIPPED 00:05:00 0" : "STARTED 00:05:00 1";
        assertEquals("[STARTED 00:00:00 1, " + then + "]", test.fires());
        return (int) test.tasks().stream().filter(Task::isActive).count();
    }

    @Test
    void moreThanOnePlanHoldsAreReplacedInSeveral() {
        world.put(schedule("rate(1 minute)").runs(10, "job").build());
        world.converge();
        for (int minute = 1; minute <= 13; minute++) passTo(String.format("00:%02d:00", minute));
        assertEquals(140, tasks().stream().filter(Task::isActive).count());
        Schedule replacing = schedule("rate(1 minute)")
                .runs(10, "job")
                .overlap(Schedule.Overlap.REPLACE)
                .build();
        world.put(current().changedTo(replacing, world.now));
        passTo("00:14:00");
        assertEquals(10, tasks().stream().filter(Task::isActive).count());
    }

    @Test
    void whatCannotBeMadeIsSkippedWithItsReason() {
        ContainerOverride other = new ContainerOverride("other", List.of(), List.of(), List.of(), null, null, null);
        world.put(schedule(EVERY_FIVE_MINUTES)
                .overrides(new TaskOverride(List.of(other), null, null, null, null, null))
                .build());
        world.converge();
        assertEquals("[SKIPPED 00:00:00 0]", fires());
        assertTrue(String.valueOf(current().fires().get(0).reason()).contains("container named other"));
        world.put(first.withStatus(TaskDefinition.Status.INACTIVE, world.now));
        passTo("00:05:00");
        assertEquals(
                "task definition job is not ACTIVE", current().fires().get(1).reason());
    }

    @Test
    void aDisabledOneMissesNothing() {
        Schedule disabled = schedule(EVERY_FIVE_MINUTES).disabled().build();
        world.put(disabled);
        world.converge();
        passTo("00:07:00");
        world.put(current().changedTo(schedule(EVERY_FIVE_MINUTES).build(), world.now));
        world.converge();
        assertEquals("[]", fires());
        passTo("00:10:00");
        assertEquals("[STARTED 00:10:00 1]", fires());
    }

    private static List<String> ids(Plan plan) {
        return plan.changes().stream()
                .map(change -> change.key().path())
                .sorted()
                .toList();
    }

    private static Instant at(String time) {
        return Instant.parse("2026-01-01T" + time + "Z");
    }

    private void passTo(String time) {
        world.pass(Duration.between(world.now, at(time))).converge();
    }

    private Schedule current() {
        return world.state().all(Kind.SCHEDULE, Schedule.class).findFirst().orElseThrow();
    }

    private List<Task> tasks() {
        return world.state().tasksIn(World.CLUSTER).toList();
    }

    private String fires() {
        return current().fires().stream()
                .map(fire -> fire.outcome() + " " + fire.at().toString().substring(11, 19) + " " + fire.tasks())
                .toList()
                .toString();
    }
}
