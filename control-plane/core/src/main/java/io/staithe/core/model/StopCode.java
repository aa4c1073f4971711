package io.staithe.core.model;

/** Why a task stopped or could not start: ECS's {@code stopCode}. */
public enum StopCode {
    TaskFailedToStart,
    EssentialContainerExited,
    UserInitiated,
    ServiceSchedulerInitiated,
    SpotInterruption,
    TerminationNotice
}
