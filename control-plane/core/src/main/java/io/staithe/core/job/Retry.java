package io.staithe.core.job;

import io.staithe.core.model.Job;
import io.staithe.core.model.JobRun;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskId;
import java.time.Instant;

/** Makes a job's next task from its last one. */
final class Retry {
    private Retry() {}

    static Task of(Job job, Task last, Instant now) {
        int attempt = job.attempt() + 1;
        return Task.unplaced(
                TaskId.from("job/" + job.id() + "/" + attempt),
                last.cluster(),
                last.taskDefinition(),
                last.group(),
                last.startedBy(),
                null,
                last.launchType(),
                last.capacityProvider(),
                last.overrides(),
                last.reserved(),
                last.hostPorts(),
                last.loadBalancers(),
                last.placementConstraints(),
                last.placementStrategy(),
                last.placementPolicy(),
                last.tags(),
                last.clientToken(),
                last.traceParent(),
                new JobRun(job.id(), attempt),
                now);
    }
}
