package io.staithe.simulation;

import io.staithe.core.job.StandaloneTask;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Job;
import io.staithe.core.model.JobPolicy;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Schedule;
import io.staithe.core.model.ScheduleTarget;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.model.TaskId;
import io.staithe.core.model.TaskOverride;
import io.staithe.core.state.Change;
import io.staithe.core.state.Plan;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a user wants done and over: jobs that are run now, and schedules that run them. */
final class Errands {
    private static final String CLUSTER = "default";
    private static final int SMALL_CPU_UNITS = 128;
    private static final int MEMORY_MIB = 32;

    private final FaultyStore store;
    private final Timeline timeline;
    private final Journal journal;
    private int jobs;
    private int schedules;

    Errands(FaultyStore store, Timeline timeline, Journal journal) {
        this.store = store;
        this.timeline = timeline;
        this.journal = journal;
    }

    /** A family for tasks that end by themselves after so many seconds, with this exit code. */
    void define(String family, int seconds, int exitCode) {
        define(family, List.of("exit", "" + exitCode, "" + seconds), SMALL_CPU_UNITS);
    }

    /** A family for tasks that do not end before they are stopped. */
    void defineEndless(String family) {
        define(family, List.of(), SMALL_CPU_UNITS);
    }

    /** A family for tasks that need so much of a host. */
    void defineLarge(String family, int seconds, int cpuUnits) {
        define(family, List.of("exit", "0", "" + seconds), cpuUnits);
    }

    private void define(String family, List<String> command, int cpuUnits) {
        ContainerDefinition container = ContainerDefinition.of("app", family + ":1")
                .but()
                .command(command)
                .stopTimeout(5)
                .build();
        put(new TaskDefinition(
                family,
                1,
                TaskDefinition.Status.ACTIVE,
                null,
                null,
                null,
                List.of(container),
                List.of(),
                List.of(),
                List.of(),
                cpuUnits,
                MEMORY_MIB,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                timeline.now(),
                null,
                null));
    }

    /** RunTask with a job, which waits for a host. */
    TaskId run(String family, JobPolicy policy) {
        TaskDefinition definition = store.state().revisions(family).findFirst().orElseThrow();
        StandaloneTask asked = new StandaloneTask(
                CLUSTER,
                definition,
                null,
                null,
                null,
                null,
                TaskOverride.NONE,
                List.of(),
                List.of(),
                null,
                policy,
                List.of(),
                null,
                null);
        Task task = asked.named(TaskId.from("errand/" + ++jobs), timeline.now());
        store.memory.commit(new Plan.Builder()
                .create(task)
                .create(Job.of(task, policy, null))
                .build());
        journal.write("user runs " + family + " with " + policy + " as job " + task.id());
        return task.id();
    }

    /** StopTask of the job's newest task, as the API has it. */
    void stop(Job job) {
        Plan.Builder plan = new Plan.Builder().add(Change.put(job.stopping("Task stopped by user"), Change.ANY));
        store.state()
                .task(job.task())
                .filter(Task::isActive)
                .ifPresent(task -> plan.add(Change.put(
                        task.but()
                                .stop(StopCode.UserInitiated, "Task stopped by user", timeline.now())
                                .build(),
                        Change.ANY)));
        store.memory.commit(plan.build());
        journal.write("user stops job " + job.id());
    }

    /** @param until no fire time after; absent: for ever */
    void declare(
            String name,
            String expression,
            String zone,
            String family,
            int count,
            JobPolicy policy,
            Schedule.Overlap overlap,
            @Nullable Instant until) {
        Schedule asked = new Schedule(
                CLUSTER,
                name,
                "incarnation-" + ++schedules,
                expression,
                zone,
                null,
                until,
                Schedule.State.ENABLED,
                new ScheduleTarget(family, count, TaskOverride.NONE, null, policy, List.of(), List.of(), List.of()),
                overlap,
                Schedule.DEFAULT_CATCH_UP_SECONDS,
                timeline.now(),
                null,
                List.of());
        put(schedule(name).map(known -> known.changedTo(asked, timeline.now())).orElse(asked));
        journal.write("user declares schedule " + name + " " + expression + " " + zone + " of " + count + " x " + family
                + ", " + overlap);
    }

    void delete(Schedule schedule) {
        store.memory.commit(Plan.of(Change.delete(schedule.key(), Change.ANY)));
        journal.write("user deletes schedule " + schedule.name());
    }

    Optional<Schedule> schedule(String name) {
        return store.state().get(Key.schedule(CLUSTER, name), Schedule.class);
    }

    List<Schedule> schedules() {
        return store.state().all(Kind.SCHEDULE, Schedule.class).toList();
    }

    List<Job> activeJobs() {
        return store.state().all(Kind.JOB, Job.class).filter(Job::isActive).toList();
    }

    /** The newest of a family. */
    Optional<Job> newest(String family) {
        return store.state()
                .all(Kind.JOB, Job.class)
                .filter(job -> store.state()
                        .task(job.task())
                        .filter(task -> task.taskDefinition().family().equals(family))
                        .isPresent())
                .reduce((one, other) -> one.createdAt().isAfter(other.createdAt()) ? one : other);
    }

    private void put(Entity entity) {
        store.memory.commit(Plan.of(Change.put(entity, Change.ANY)));
    }
}
