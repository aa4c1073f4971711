package io.staithe.core.model;

/** What a task is asked to be. Once STOPPED, always STOPPED. */
public enum DesiredStatus {
    RUNNING,
    STOPPED
}
