package io.staithe.core;

import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.HealthStatus;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskReport;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What hosts report of the images that tasks have fetched for their container {@code app}. */
public final class Fetched {
    private Fetched() {}

    /** A digest that differs for each number. */
    public static String digest(int number) {
        return String.format("sha256:%064x", number);
    }

    /** @param digest absent: nothing yet, or an image that no registry knows */
    public static TaskReport report(World world, Task task, ContainerReport.State to, @Nullable String digest) {
        boolean runs = to == ContainerReport.State.RUNNING;
        ContainerReport app = new ContainerReport(
                "app",
                null,
                "app:1",
                digest,
                to,
                null,
                null,
                HealthStatus.UNKNOWN,
                List.of(),
                runs ? world.now : null,
                null,
                0,
                null,
                null);
        TaskReport known = world.state().report(task.id()).orElse(null);
        return new TaskReport(
                task.id(),
                Objects.requireNonNull(task.instance()),
                1,
                known == null ? 1 : known.sequence() + 1,
                to,
                HealthStatus.UNKNOWN,
                List.of(app),
                null,
                null,
                runs ? world.now : null,
                null,
                null,
                null,
                null);
    }

    /** The report of a task that cannot fetch its image. */
    public static TaskReport failure(World world, Task task) {
        return new TaskReport(
                task.id(),
                Objects.requireNonNull(task.instance()),
                1,
                1,
                ContainerReport.State.STOPPED,
                HealthStatus.UNKNOWN,
                List.of(),
                null,
                null,
                null,
                null,
                world.now,
                StopCode.TaskFailedToStart,
                "CannotPullContainerError: no such manifest");
    }
}
