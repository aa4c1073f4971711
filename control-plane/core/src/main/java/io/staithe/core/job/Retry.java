package io.staithe.core.job;

import io.staithe.core.model.DesiredStatus;
import io.staithe.core.model.Job;
import io.staithe.core.model.JobRun;
import io.staithe.core.model.LastStatus;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/** Makes a job's next task from its last one. */
final class Retry {
    private Retry() {}

    static Task of(Job job, Task last, Instant now) {
        int attempt = job.attempt() + 1;
        return new Task(
                id(job, attempt),
                last.cluster(),
                last.taskDefinition(),
                last.group(),
                last.startedBy(),
                null,
                null,
                null,
                last.launchType(),
                last.overrides(),
                last.reserved(),
                last.hostPorts(),
                last.loadBalancers(),
                last.placementConstraints(),
                last.placementStrategy(),
                last.placementPolicy(),
                null,
                LastStatus.PROVISIONING,
                DesiredStatus.RUNNING,
                now,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                last.tags(),
                last.clientToken(),
                last.traceParent(),
                new JobRun(job.id(), attempt));
    }

    /** The same for the same job and attempt, whoever plans it and however often. */
    private static TaskId id(Job job, int attempt) {
        String source = "job/" + job.id() + "/" + attempt;
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(source.getBytes(StandardCharsets.UTF_8));
            return new TaskId(HexFormat.of().formatHex(hash, 0, 16));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
