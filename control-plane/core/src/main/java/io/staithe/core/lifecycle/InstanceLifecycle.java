package io.staithe.core.lifecycle;

import static io.staithe.core.lifecycle.InstanceLifecycle.Event.ACTIVE_ASKED;
import static io.staithe.core.lifecycle.InstanceLifecycle.Event.CONNECTED;
import static io.staithe.core.lifecycle.InstanceLifecycle.Event.DEREGISTERED;
import static io.staithe.core.lifecycle.InstanceLifecycle.Event.DRAIN_ASKED;
import static io.staithe.core.lifecycle.InstanceLifecycle.Event.OUT_OF_REACH;
import static io.staithe.core.model.ContainerInstance.Status.ACTIVE;
import static io.staithe.core.model.ContainerInstance.Status.DRAINING;
import static io.staithe.core.model.ContainerInstance.Status.INACTIVE;
import static io.staithe.core.model.ContainerInstance.Status.LOST;

import io.staithe.core.model.ContainerInstance.Status;

/** A host's life as the cluster sees it. */
public final class InstanceLifecycle {
    public enum Event {
        /** Out of reach for longer than tolerated. */
        OUT_OF_REACH,
        /** A gateway has a session with it. */
        CONNECTED,
        DRAIN_ASKED,
        ACTIVE_ASKED,
        DEREGISTERED
    }

    public static final Transitions<Status, Event> TABLE = new Transitions<Status, Event>()
            .row(ACTIVE, OUT_OF_REACH, LOST)
            .row(ACTIVE, DRAIN_ASKED, DRAINING)
            .row(ACTIVE, DEREGISTERED, INACTIVE)
            .row(DRAINING, ACTIVE_ASKED, ACTIVE)
            .row(DRAINING, DEREGISTERED, INACTIVE)
            .row(LOST, CONNECTED, ACTIVE)
            .row(LOST, DRAIN_ASKED, DRAINING)
            .row(LOST, DEREGISTERED, INACTIVE)
            // An agent that starts again registers the same host anew.
            .row(INACTIVE, CONNECTED, ACTIVE);

    private InstanceLifecycle() {}
}
