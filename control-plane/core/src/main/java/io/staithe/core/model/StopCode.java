package io.staithe.core.model;

/** Why a task stopped or could not start: ECS's {@code stopCode}. */
public enum StopCode {
    TaskFailedToStart,
    EssentialContainerExited,
    UserInitiated,
    ServiceSchedulerInitiated,
    /** ECS: capacity was taken back. Here: for a task of higher priority. */
    SpotInterruption,
    TerminationNotice
}
