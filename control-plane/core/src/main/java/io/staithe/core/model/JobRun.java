package io.staithe.core.model;

/**
 * Which of a job's tasks a task is.
 *
 * @param job the id of the job: that of its first task
 * @param attempt 1 for the first task, at most 11
 */
public record JobRun(TaskId job, int attempt) {
    public JobRun {
        Check.range(attempt, 1, JobPolicy.MAX_RETRIES + 1, "attempt");
    }
}
