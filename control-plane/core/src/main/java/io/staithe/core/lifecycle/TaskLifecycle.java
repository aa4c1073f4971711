package io.staithe.core.lifecycle;

import static io.staithe.core.lifecycle.TaskLifecycle.Event.ASKED_TO_STOP;
import static io.staithe.core.lifecycle.TaskLifecycle.Event.CONTAINERS_ENDED;
import static io.staithe.core.lifecycle.TaskLifecycle.Event.CONTAINERS_RUN;
import static io.staithe.core.lifecycle.TaskLifecycle.Event.HOST_LOST;
import static io.staithe.core.lifecycle.TaskLifecycle.Event.PLACED;
import static io.staithe.core.lifecycle.TaskLifecycle.Event.TARGETS_ADDED;
import static io.staithe.core.lifecycle.TaskLifecycle.Event.TARGETS_GONE;
import static io.staithe.core.model.LastStatus.ACTIVATING;
import static io.staithe.core.model.LastStatus.DEACTIVATING;
import static io.staithe.core.model.LastStatus.PENDING;
import static io.staithe.core.model.LastStatus.PROVISIONING;
import static io.staithe.core.model.LastStatus.RUNNING;
import static io.staithe.core.model.LastStatus.STOPPED;
import static io.staithe.core.model.LastStatus.STOPPING;

import io.staithe.core.model.LastStatus;

/** A task's life (ECS developer guide, "Amazon ECS task lifecycle"). */
public final class TaskLifecycle {
    /** What can be true of a task and moves it on. Level-triggered: each holds for as long as it is true. */
    public enum Event {
        PLACED,
        /** All containers that should run do, and the checks of containers that gate traffic pass. */
        CONTAINERS_RUN,
        /** Every edge host knows its targets, or it has none. */
        TARGETS_ADDED,
        ASKED_TO_STOP,
        /** No edge host sends requests to it any more, or the time for that has passed. */
        TARGETS_GONE,
        CONTAINERS_ENDED,
        /** Its host is out of reach for longer than it tolerates, or gone. */
        HOST_LOST
    }

    public static final Transitions<LastStatus, Event> TABLE = new Transitions<LastStatus, Event>()
            .row(PROVISIONING, PLACED, PENDING)
            .row(PROVISIONING, ASKED_TO_STOP, STOPPED)
            .row(PENDING, CONTAINERS_RUN, ACTIVATING)
            .row(PENDING, ASKED_TO_STOP, DEACTIVATING)
            .row(PENDING, CONTAINERS_ENDED, STOPPED)
            .row(PENDING, HOST_LOST, STOPPED)
            .row(ACTIVATING, TARGETS_ADDED, RUNNING)
            .row(ACTIVATING, ASKED_TO_STOP, DEACTIVATING)
            .row(ACTIVATING, CONTAINERS_ENDED, STOPPED)
            .row(ACTIVATING, HOST_LOST, STOPPED)
            .row(RUNNING, ASKED_TO_STOP, DEACTIVATING)
            .row(RUNNING, CONTAINERS_ENDED, STOPPED)
            .row(RUNNING, HOST_LOST, STOPPED)
            .row(DEACTIVATING, TARGETS_GONE, STOPPING)
            .row(DEACTIVATING, CONTAINERS_ENDED, STOPPED)
            .row(DEACTIVATING, HOST_LOST, STOPPED)
            .row(STOPPING, CONTAINERS_ENDED, STOPPED)
            .row(STOPPING, HOST_LOST, STOPPED);

    private TaskLifecycle() {}
}
