package io.staithe.server.apply;

import io.staithe.core.model.Job;
import io.staithe.core.model.JobPolicy;
import io.staithe.core.model.JobRun;
import io.staithe.core.model.Task;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a task's job does next, or how it ended. */
final class ExplainJob {
    private ExplainJob() {}

    static List<String> lines(ClusterState state, JobRun run) {
        Job job = state.job(run.job()).orElse(null);
        if (job == null) return List.of("It was attempt " + run.attempt() + " of job " + run.job() + ".");
        List<String> lines = new ArrayList<>();
        lines.add("It is attempt " + run.attempt() + " of " + (job.policy().retries() + 1) + " of job " + job.id()
                + (job.schedule() == null ? "" : ", started by schedule " + job.schedule())
                + (job.attempt() == run.attempt() ? "." : "; the newest is task " + job.task() + "."));
        lines.add(next(state, job));
        return lines;
    }

    private static String next(ClusterState state, Job job) {
        if (!job.isActive())
            return "The job has ended at " + job.finishedAt() + ": " + job.status() + ", " + job.reason() + ".";
        if (job.stopReason() != null) return "The job is to end: " + job.stopReason() + ".";
        if (job.retryAt() != null)
            return "The job pauses until " + job.retryAt() + ", then its next task starts: " + job.reason() + ".";
        JobPolicy policy = job.policy();
        Optional<Task> task = state.task(job.task());
        if (task.filter(newest -> newest.instance() == null && newest.isActive())
                .isPresent())
            return "The job waits for capacity until " + task.get().createdAt().plusSeconds(policy.waitAtMostSeconds())
                    + ".";
        Integer most = policy.maxRunSeconds();
        Optional<Instant> started = task.map(Task::startedAt);
        return most == null || started.isEmpty()
                ? "The job ends with its task, or is tried again."
                : "Its task may run until " + started.get().plusSeconds(most) + ".";
    }
}
