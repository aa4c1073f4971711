package io.staithe.core.schedule;

import io.staithe.core.control.Reconciler;
import io.staithe.core.job.StandaloneTask;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Invalid;
import io.staithe.core.model.Job;
import io.staithe.core.model.Key;
import io.staithe.core.model.Schedule;
import io.staithe.core.model.ScheduleFire;
import io.staithe.core.model.ScheduleFire.Outcome;
import io.staithe.core.model.ScheduleTarget;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskDefinitionId;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Starts a schedule's tasks at its fire times. Which fire times are settled is written together with the tasks, and the tasks'
 * ids follow from the fire time: none starts twice, whoever leads.
 */
public final class ScheduleReconciler implements Reconciler {
    /** What is stopped in one plan; beside it there is room for the tasks that start. */
    private static final int MAX_REPLACED = 60;

    @Override
    public String name() {
        return "schedule";
    }

    @Override
    public Stream<Key> concerned(Entity entity, ClusterState state) {
        return entity instanceof Schedule schedule ? Stream.of(schedule.key()) : Stream.empty();
    }

    @Override
    public Plan reconcile(ClusterState state, Key key, Instant now) {
        Schedule schedule = state.get(key, Schedule.class).orElse(null);
        if (schedule == null || !schedule.isEnabled()) return Plan.NOTHING;
        FireTimes times = FireTimes.of(schedule);
        Optional<Instant> next = times.after(schedule.settledUntil());
        if (next.isEmpty()) return Plan.NOTHING;
        if (next.get().isAfter(now)) return Plan.wakeAt(next.get());
        Due due = Due.of(schedule, times, now);
        Plan.Builder plan = new Plan.Builder();
        List<ScheduleFire> fires = new ArrayList<>(due.missed());
        if (due.start() != null) {
            List<Job> there = state.activeJobsOf(schedule).toList();
            if (schedule.overlap() == Schedule.Overlap.REPLACE) {
                replace(state, schedule, there, plan);
                if (plan.size() == MAX_REPLACED) return plan.wakeAt(now).build();
            }
            fires.add(fire(state, schedule, due.start(), there.size(), plan, now));
        }
        for (ScheduleFire fire : fires) plan.because(reason(schedule, fire));
        Schedule after = schedule.fired(fires);
        return plan.update(state, after)
                .wakeAt(times.after(after.settledUntil()).orElse(null))
                .build();
    }

    private static void replace(ClusterState state, Schedule schedule, List<Job> there, Plan.Builder plan) {
        there.stream()
                .filter(job -> job.stopReason() == null)
                .limit(MAX_REPLACED)
                .forEach(job -> plan.update(
                        state, job.stopping("replaced by a later fire time of schedule " + schedule.name())));
    }

    private static ScheduleFire fire(
            ClusterState state, Schedule schedule, Instant at, int there, Plan.Builder plan, Instant now) {
        if (schedule.overlap() == Schedule.Overlap.SKIP && there > 0)
            return skipped(at, there + (there == 1 ? " task" : " tasks") + " of an earlier fire time not ended");
        Optional<Cluster> cluster =
                state.cluster(schedule.cluster()).filter(known -> known.status() == Cluster.Status.ACTIVE);
        if (cluster.isEmpty()) return skipped(at, "cluster " + schedule.cluster() + " is not ACTIVE");
        ScheduleTarget target = schedule.target();
        Optional<TaskDefinition> definition = definition(state, target.taskDefinition());
        if (definition.isEmpty()) return skipped(at, "task definition " + target.taskDefinition() + " is not ACTIVE");
        List<Task> tasks;
        try {
            tasks = tasks(schedule, definition.get(), at, now);
        } catch (Invalid invalid) {
            return skipped(at, invalid.getMessage());
        }
        plan.guard(state, cluster.get().key()).guard(state, definition.get().key());
        for (Task task : tasks) plan.create(task).create(Job.of(task, target.jobOrDefault(), schedule.name()));
        return new ScheduleFire(at, Outcome.STARTED, tasks.size(), null);
    }

    private static ScheduleFire skipped(Instant at, @Nullable String why) {
        return new ScheduleFire(at, Outcome.SKIPPED, 0, why);
    }

    private static Optional<TaskDefinition> definition(ClusterState state, String named) {
        Stream<TaskDefinition> meant = named.indexOf(':') < 0
                ? state.revisions(named)
                : state.taskDefinition(TaskDefinitionId.of(named)).stream();
        return meant.filter(one -> one.status() == TaskDefinition.Status.ACTIVE)
                .max(Comparator.comparingInt(TaskDefinition::revision));
    }

    private static List<Task> tasks(Schedule schedule, TaskDefinition definition, Instant at, Instant now) {
        ScheduleTarget target = schedule.target();
        StandaloneTask task = new StandaloneTask(
                schedule.cluster(),
                definition,
                target.group(),
                // As tasks of EventBridge Scheduler are marked in ECS.
                "chronos-schedule/" + schedule.name(),
                null,
                null,
                target.overrides(),
                target.placementConstraints(),
                target.placementStrategy(),
                null,
                target.jobOrDefault(),
                target.tags(),
                null,
                null);
        return IntStream.range(0, target.count())
                .mapToObj(number -> task.named(schedule.task(at, number), now))
                .toList();
    }

    private static Reason reason(Schedule schedule, ScheduleFire fire) {
        String what =
                switch (fire.outcome()) {
                    case STARTED -> "started " + fire.tasks() + (fire.tasks() == 1 ? " task" : " tasks");
                    case SKIPPED -> "skipped: " + fire.reason();
                    case MISSED -> "missed: " + fire.reason();
                };
        return new Reason(
                schedule.key(),
                null,
                fire.outcome() == Outcome.STARTED ? schedule.task(fire.at(), 0) : null,
                "SCHEDULE_" + fire.outcome(),
                "schedule " + schedule.name() + ": fire time " + fire.at() + " " + what);
    }
}
