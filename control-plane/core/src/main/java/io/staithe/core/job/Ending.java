package io.staithe.core.job;

import io.staithe.core.model.ContainerDefinition;
import io.staithe.core.model.ContainerReport;
import io.staithe.core.model.StopCode;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskDefinition;
import io.staithe.core.state.ClusterState;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the end of a task that runs once means: for its job, or for the deployment whose hook it is. */
public enum Ending {
    /** The essential container that ended first exited with 0. */
    DONE,
    /** It may be tried again: it did not start, exited with another code, or lost its host or its place to another task. */
    FAILED,
    /** Not to be tried again: it ran, or waited for a host, for as long as it was allowed to. */
    TIMED_OUT,
    /** A user stopped it. */
    ASKED;

    /** @param task one that has stopped */
    public static Ending of(ClusterState state, Task task) {
        StopCode code = task.stopCode();
        if (code == null) return FAILED;
        return switch (code) {
            case UserInitiated -> ASKED;
            case ServiceSchedulerInitiated -> TIMED_OUT;
            case TaskFailedToStart -> task.instance() == null ? TIMED_OUT : FAILED;
            case EssentialContainerExited ->
                exitCode(state, task).filter(exit -> exit == 0).isPresent() ? DONE : FAILED;
            case SpotInterruption, TerminationNotice -> FAILED;
        };
    }

    /** Why a stopped task stopped, with its exit code. */
    public static String why(ClusterState state, Task task) {
        String why = task.stoppedReason() == null ? "its task stopped" : task.stoppedReason();
        if (task.stopCode() != StopCode.EssentialContainerExited) return why;
        return exitCode(state, task).map(code -> why + " with code " + code).orElse(why);
    }

    /** Of the essential container that ended first: what ends after it was stopped because of it. */
    static Optional<Integer> exitCode(ClusterState state, Task task) {
        List<ContainerDefinition> defined = state.taskDefinition(task.taskDefinition())
                .map(TaskDefinition::containerDefinitions)
                .orElse(List.of());
        return state.report(task.id()).stream()
                .flatMap(report -> report.containers().stream())
                .filter(container -> isEssential(container, defined))
                .filter(container -> container.lastStatus() == ContainerReport.State.STOPPED)
                .min(Comparator.comparing(container -> endedAt(container.finishedAt())))
                .map(ContainerReport::exitCode);
    }

    private static boolean isEssential(ContainerReport container, List<ContainerDefinition> defined) {
        return defined.stream().noneMatch(one -> one.name().equals(container.name()) && !one.isEssential());
    }

    private static Instant endedAt(@Nullable Instant at) {
        return at == null ? Instant.MAX : at;
    }
}
