package io.staithe.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something to be done by a task, and by further ones where it fails: at most one of them at a time.
 *
 * @param id that of its first task
 * @param schedule the name of the schedule that made it; absent: somebody asked for it
 * @param task the newest of its tasks
 * @param attempt which that is, from 1 on
 * @param retryAt while it pauses after a failure: when the next task is made; absent: a task is there, or it has ended
 * @param stopReason somebody wants it to end, for this reason; absent: nobody does
 * @param reason how it ended, or why its last task failed; absent: nothing to tell yet
 */
public record Job(
        TaskId id,
        String cluster,
        JobPolicy policy,
        @Nullable String schedule,
        TaskId task,
        int attempt,
        Status status,
        Instant createdAt,
        @Nullable Instant retryAt,
        @Nullable String stopReason,
        @Nullable String reason,
        @Nullable Instant finishedAt)
        implements Entity {
    /** What becomes of a job. */
    public enum Status {
        ACTIVE,
        /** The essential container of its last task exited with 0. */
        SUCCEEDED,
        /** Its last task failed, or ran for too long, or waited for too long. */
        FAILED,
        /** Somebody asked for it. */
        STOPPED
    }

    public Job {
        Check.name(cluster, "cluster");
        Check.range(attempt, 1, JobPolicy.MAX_RETRIES + 1, "attempt");
        Check.optionalText(schedule, "schedule", 64);
    }

    /** With its first task. */
    public static Job of(Task first, JobPolicy policy, @Nullable String schedule) {
        return new Job(
                first.id(),
                first.cluster(),
                policy,
                schedule,
                first.id(),
                1,
                Status.ACTIVE,
                first.createdAt(),
                null,
                null,
                null,
                null);
    }

    @Override
    public Key key() {
        return Key.job(id);
    }

    public boolean isActive() {
        return status == Status.ACTIVE;
    }

    /** It pauses before another task. */
    public Job pausing(Instant until, String why) {
        return new Job(
                id, cluster, policy, schedule, task, attempt, status, createdAt, until, stopReason, why, finishedAt);
    }

    public Job next(TaskId newest) {
        return new Job(
                id,
                cluster,
                policy,
                schedule,
                newest,
                attempt + 1,
                status,
                createdAt,
                null,
                stopReason,
                reason,
                finishedAt);
    }

    /** Somebody wants it to end. The first reason stays. */
    public Job stopping(String why) {
        if (!isActive() || stopReason != null) return this;
        return new Job(id, cluster, policy, schedule, task, attempt, status, createdAt, null, why, reason, finishedAt);
    }

    public Job ended(Status how, String why, Instant at) {
        return new Job(id, cluster, policy, schedule, task, attempt, how, createdAt, null, stopReason, why, at);
    }
}
