package io.staithe.simulation;

import io.staithe.core.model.Job;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Schedule;
import io.staithe.core.model.ScheduleFire;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import io.staithe.core.schedule.FireTimes;
import io.staithe.core.state.ClusterState;
import io.staithe.core.store.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** What holds of jobs and schedules, whoever leads and whatever answer was lost. */
final class JobCheckers {
    /** From deciding to committing. */
    private static final Duration DECISION = Duration.ofSeconds(3);

    private final Timeline timeline;
    /** Of schedules: what has started its tasks, for ever. */
    private final Set<String> started = new HashSet<>();

    JobCheckers(Timeline timeline) {
        this.timeline = timeline;
    }

    void committed(ClusterState before, ClusterState after, Event.Update update) {
        if (update.entity() instanceof Job job) {
            triesAreBounded(after, job);
            endsOnce(before, job);
        }
        if (update.entity() instanceof Task task
                && task.job() != null
                && before.task(task.id()).isEmpty())
            oneAfterTheOther(after, task.job().job());
        if (update.entity() instanceof Schedule schedule) fires(before, after, schedule);
    }

    /** One first task, and no more than its retries. */
    private static void triesAreBounded(ClusterState after, Job job) {
        long tasks = tasksOf(after, job.id()).size();
        if (job.attempt() > job.policy().retries() + 1 || tasks > job.attempt())
            throw new Violation(
                    "a job's tries are bounded",
                    job.id() + " has " + tasks + " tasks, attempt " + job.attempt() + " with "
                            + job.policy().retries() + " retries");
    }

    private static void endsOnce(ClusterState before, Job job) {
        Optional<Job> was = before.job(job.id());
        if (was.isPresent()
                && !was.get().isActive()
                && job.status() != was.get().status())
            throw new Violation(
                    "a job ends once", job.id() + " was " + was.get().status() + ", is " + job.status());
    }

    private static void oneAfterTheOther(ClusterState after, TaskId job) {
        long there =
                tasksOf(after, job).stream().filter(task -> !task.isStopped()).count();
        if (there > 1) throw new Violation("one task of a job at a time", job + " has " + there);
    }

    private static List<Task> tasksOf(ClusterState state, TaskId job) {
        return state.tasksIn("default")
                .filter(task -> task.job() != null && task.job().job().equals(job))
                .toList();
    }

    private void fires(ClusterState before, ClusterState after, Schedule schedule) {
        Schedule was = before.get(schedule.key(), Schedule.class).orElse(null);
        Instant settled = was == null ? Instant.MIN : was.settledUntil();
        Instant last = Instant.MIN;
        for (ScheduleFire fire : schedule.fires()) {
            if (!fire.at().isAfter(last)) throw new Violation("fire times come in order", schedule + "");
            last = fire.at();
            if (fire.at().isAfter(settled) && fire.outcome() == ScheduleFire.Outcome.STARTED)
                starts(before, after, schedule, fire);
        }
    }

    /** Once, in time, with all of its tasks, and as its overlap policy has it. */
    private void starts(ClusterState before, ClusterState after, Schedule schedule, ScheduleFire fire) {
        String what = schedule.name() + " at " + fire.at();
        if (!started.add(schedule.incarnation() + fire.at()))
            throw new Violation("a fire time starts its tasks at most once", what);
        Instant now = timeline.now();
        Instant latest = fire.at().plusSeconds(schedule.catchUpSeconds()).plus(DECISION);
        if (now.isBefore(fire.at()) || now.isAfter(latest))
            throw new Violation("fire times start in time", what + " starts at " + now);
        boolean whole = fire.tasks() == schedule.target().count()
                && IntStream.range(0, fire.tasks())
                        .mapToObj(number -> schedule.task(fire.at(), number))
                        .allMatch(id -> before.task(id).isEmpty()
                                && after.task(id).isPresent()
                                && after.job(id).isPresent());
        if (!whole) throw new Violation("a fire time's tasks are written with it", what);
        boolean overlaps = schedule.overlap() == Schedule.Overlap.SKIP
                && before.activeJobsOf(schedule).findAny().isPresent();
        if (overlaps) throw new Violation("SKIP starts nothing beside what is there", what);
    }

    /** Once nothing goes wrong any more: every job is over, and every fire time is settled. */
    static Optional<String> firstDifference(ClusterState state, Instant now) {
        Optional<String> job = state.all(Kind.JOB, Job.class)
                .filter(Job::isActive)
                .map(active -> "job " + active.id() + " is not over: " + active + ", "
                        + state.task(active.task()).map(Convergence::describe))
                .findFirst();
        return job.or(() -> state.all(Kind.SCHEDULE, Schedule.class)
                .filter(Schedule::isEnabled)
                .filter(schedule -> FireTimes.of(schedule)
                        .after(schedule.settledUntil())
                        .filter(next -> next.plus(DECISION).isBefore(now))
                        .isPresent())
                .map(schedule -> "schedule " + schedule.name() + " has not settled what has come: " + schedule)
                .findFirst());
    }
}
