package io.staithe.core.lifecycle;

import static io.staithe.core.model.ProvisionedHost.Status.DRAINING;
import static io.staithe.core.model.ProvisionedHost.Status.FAILED;
import static io.staithe.core.model.ProvisionedHost.Status.JOINED;
import static io.staithe.core.model.ProvisionedHost.Status.LOST;
import static io.staithe.core.model.ProvisionedHost.Status.READY;
import static io.staithe.core.model.ProvisionedHost.Status.REQUESTED;
import static io.staithe.core.model.ProvisionedHost.Status.STARTING;
import static io.staithe.core.model.ProvisionedHost.Status.STOPPED;
import static io.staithe.core.model.ProvisionedHost.Status.STOPPING;

import io.staithe.core.model.ProvisionedHost.Status;

/** The life of a host that is bought. */
public final class ProvisionedLifecycle {
    public enum Event {
        /** The provider has it. */
        ACCEPTED,
        /** Its agent has registered. */
        REGISTERED,
        /** It takes tasks. */
        ANSWERS,
        /** It is not wanted any more, or its interruption is announced. */
        RELEASED,
        /** No task is left on it, or none may stay. */
        EMPTIED,
        /** The provider refuses it for good, or it has not joined in time. */
        FAILED,
        /** The provider has it no longer, or it is out of reach for too long. */
        VANISHED,
        /** The provider has nothing left of it. */
        GONE
    }

    public static final Transitions<Status, Event> TABLE = new Transitions<Status, Event>()
            .row(REQUESTED, Event.ACCEPTED, STARTING)
            .row(REQUESTED, Event.REGISTERED, JOINED)
            .row(STARTING, Event.REGISTERED, JOINED)
            .row(JOINED, Event.ANSWERS, READY)
            .row(REQUESTED, Event.RELEASED, STOPPING)
            .row(STARTING, Event.RELEASED, STOPPING)
            .row(JOINED, Event.RELEASED, DRAINING)
            .row(READY, Event.RELEASED, DRAINING)
            .row(DRAINING, Event.EMPTIED, STOPPING)
            .row(REQUESTED, Event.FAILED, FAILED)
            .row(STARTING, Event.FAILED, FAILED)
            .row(STARTING, Event.VANISHED, LOST)
            .row(JOINED, Event.VANISHED, LOST)
            .row(READY, Event.VANISHED, LOST)
            .row(DRAINING, Event.VANISHED, LOST)
            .row(STOPPING, Event.GONE, STOPPED);

    private ProvisionedLifecycle() {}
}
