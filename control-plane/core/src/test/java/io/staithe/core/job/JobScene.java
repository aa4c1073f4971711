package io.staithe.core.job;

import io.staithe.core.GivenTask;
import io.staithe.core.World;
import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.Job;
import io.staithe.core.model.JobPolicy;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One job in a world of its own. */
final class JobScene {
    final World world = new World();
    final Job first;

    JobScene(JobPolicy policy) {
        Task task = GivenTask.task(1)
                .of(world.definition("job", 1, 512, ContainerDefinition.of("app", "app:1")))
                .ofJob()
                .build();
        first = Job.of(task, policy, null);
        world.put(first);
        world.put(task);
    }

    Job job() {
        return world.state().job(first.id()).orElseThrow();
    }

    /** Its newest. */
    Task task() {
        return world.task(job().task());
    }

    int tasks() {
        return (int) world.state().tasksIn(World.CLUSTER).count();
    }

    /** Hosts start what they are asked to. */
    JobScene run() {
        world.converge();
        return this;
    }

    JobScene exits(int... codes) {
        List<ContainerReport> containers = new ArrayList<>();
        for (int i = 0; i < codes.length; i++)
            containers.add(container(i == 0 ? "app" : "app" + i, codes[i], world.now.plusSeconds(i)));
        ends(StopCode.EssentialContainerExited, containers);
        return this;
    }

    JobScene failsToStart() {
        ends(StopCode.TaskFailedToStart, List.of());
        return this;
    }

    /** Until the job wants to look again by itself. */
    Duration passesToNext() {
        Instant next = Objects.requireNonNull(job().retryAt());
        Duration pause = Duration.between(world.now, next);
        world.now = next;
        run();
        return pause;
    }

    private void ends(StopCode code, List<ContainerReport> containers) {
        Task task = task();
        TaskReport known = world.state().report(task.id()).orElse(null);
        world.put(new TaskReport(
                task.id(),
                Objects.requireNonNull(task.instance()),
                1,
                known == null ? 1 : known.sequence() + 1,
                ContainerReport.State.STOPPED,
                HealthStatus.UNKNOWN,
                containers,
                null,
                null,
                started(known),
                world.now,
                world.now,
                code,
                code == StopCode.TaskFailedToStart
                        ? "CannotPullContainerError: not found"
                        : "Essential container in task exited"));
        world.settle();
    }

    private static @Nullable Instant started(@Nullable TaskReport known) {
        return known == null ? null : known.startedAt();
    }

    private static ContainerReport container(String name, int exitCode, Instant at) {
        return new ContainerReport(
                name,
                null,
                "app:1",
                null,
                ContainerReport.State.STOPPED,
                exitCode,
                null,
                HealthStatus.UNKNOWN,
                List.of(),
                null,
                at,
                0,
                null,
                null);
    }
}
