package io.staithe.core.job;

import io.staithe.core.control.Reconciler;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Job;
import io.staithe.core.model.Key;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** Ends a job's task that waits or runs for too long, makes the next one where it failed, and says how the job ended. */
public final class JobReconciler implements Reconciler {
    @Override
    public String name() {
        return "job";
    }

    @Override
    public Stream<Key> concerned(Entity entity, ClusterState state) {
        if (entity instanceof Job job) return Stream.of(job.key());
        if (entity instanceof Task task && task.job() != null)
            return Stream.of(Key.job(task.job().job()));
        return Stream.empty();
    }

    @Override
    public Plan reconcile(ClusterState state, Key key, Instant now) {
        Job job = state.get(key, Job.class).orElse(null);
        if (job == null || !job.isActive()) return Plan.NOTHING;
        Task task = state.task(job.task()).orElse(null);
        if (task == null) return end(state, job, Job.Status.FAILED, "its task is gone", now);
        if (task.isStopped()) return afterwards(state, job, task, now);
        if (!task.isActive()) return Plan.NOTHING;
        if (job.stopReason() != null) return stop(state, task, StopCode.UserInitiated, job.stopReason(), now);
        return task.instance() == null ? waits(state, job, task, now) : runs(state, job, task, now);
    }

    private static Plan waits(ClusterState state, Job job, Task task, Instant now) {
        int most = job.policy().waitAtMostSeconds();
        Instant until = task.createdAt().plusSeconds(most);
        if (now.isBefore(until)) return Plan.wakeAt(until);
        // Also after an outage of ours the scheduler has a look first.
        if (task.placement() == null) return Plan.NOTHING;
        String why = "No host took the task within " + JobWords.time(most) + " (waitForCapacitySeconds): "
                + task.placement().summary();
        return stop(state, task, StopCode.TaskFailedToStart, JobWords.shortened(why), now);
    }

    private static Plan runs(ClusterState state, Job job, Task task, Instant now) {
        Integer most = job.policy().maxRunSeconds();
        if (most == null || task.startedAt() == null) return Plan.NOTHING;
        Instant until = task.startedAt().plusSeconds(most);
        if (now.isBefore(until)) return Plan.wakeAt(until);
        String why = "The task ran for longer than its job allows: " + JobWords.time(most) + " (maxRunSeconds)";
        return stop(state, task, StopCode.ServiceSchedulerInitiated, why, now);
    }

    private static Plan stop(ClusterState state, Task task, StopCode code, String why, Instant now) {
        return new Plan.Builder()
                .update(state, task.but().stop(code, why, now).build())
                .build();
    }

    private static Plan afterwards(ClusterState state, Job job, Task task, Instant now) {
        String why = Ending.why(state, task);
        if (job.stopReason() != null) return end(state, job, Job.Status.STOPPED, job.stopReason(), now);
        return switch (Ending.of(state, task)) {
            case DONE -> end(state, job, Job.Status.SUCCEEDED, why, now);
            case ASKED -> end(state, job, Job.Status.STOPPED, why, now);
            case TIMED_OUT -> end(state, job, Job.Status.FAILED, why, now);
            case FAILED -> failed(state, job, task, why, now);
        };
    }

    private static Plan failed(ClusterState state, Job job, Task task, String why, Instant now) {
        int attempts = job.policy().retries() + 1;
        if (job.attempt() >= attempts) return end(state, job, Job.Status.FAILED, why, now);
        if (job.retryAt() == null) return pause(state, job, task, why, now);
        if (now.isBefore(job.retryAt())) return Plan.wakeAt(job.retryAt());
        boolean canStart = state.cluster(job.cluster())
                        .filter(cluster -> cluster.status() == Cluster.Status.ACTIVE)
                        .isPresent()
                && state.taskDefinition(task.taskDefinition()).isPresent();
        if (!canStart) return end(state, job, Job.Status.FAILED, "its cluster or task definition is gone; " + why, now);
        Task next = Retry.of(job, task, now);
        return new Plan.Builder()
                .update(state, job.next(next.id()))
                .create(next)
                .because(new Reason(
                        job.key(),
                        null,
                        next.id(),
                        "JOB_RETRIES",
                        "job " + job.id() + " starts task " + next.id() + ", attempt " + (job.attempt() + 1) + " of "
                                + attempts))
                .build();
    }

    private static Plan pause(ClusterState state, Job job, Task task, String why, Instant now) {
        Duration pause = RetryPause.after(task.id(), job.attempt());
        return new Plan.Builder()
                .update(state, job.pausing(now.plus(pause), JobWords.shortened(why)))
                .because(new Reason(
                        job.key(),
                        null,
                        task.id(),
                        "JOB_PAUSES",
                        "job " + job.id() + ": attempt " + job.attempt() + " of "
                                + (job.policy().retries() + 1) + " failed (" + why + "); the next starts in "
                                + JobWords.time(Math.max(1, pause.toSeconds()))))
                .wakeAt(now.plus(pause))
                .build();
    }

    private static Plan end(ClusterState state, Job job, Job.Status how, String why, Instant now) {
        return new Plan.Builder()
                .update(state, job.ended(how, JobWords.shortened(why), now))
                .because(new Reason(
                        job.key(),
                        null,
                        job.task(),
                        "JOB_" + how,
                        "job " + job.id() + " has " + JobWords.word(how) + " with attempt " + job.attempt() + " of "
                                + (job.policy().retries() + 1) + ": " + why))
                .build();
    }
}
