package io.staithe.core.lifecycle;

import static io.staithe.core.lifecycle.RolloutLifecycle.Event.EMPTIED;
import static io.staithe.core.lifecycle.RolloutLifecycle.Event.REPLACED;
import static io.staithe.core.lifecycle.RolloutLifecycle.Event.RESTORED;
import static io.staithe.core.model.Deployment.Status.ACTIVE;
import static io.staithe.core.model.Deployment.Status.INACTIVE;
import static io.staithe.core.model.Deployment.Status.PRIMARY;

import io.staithe.core.model.Deployment.Status;

/** A deployment's life. */
public final class RolloutLifecycle {
    public enum Event {
        /** The service wants another revision, or none. */
        REPLACED,
        /** It was replaced and its last task has stopped. */
        EMPTIED,
        /** The service wants it again. */
        RESTORED
    }

    public static final Transitions<Status, Event> TABLE = new Transitions<Status, Event>()
            .row(PRIMARY, REPLACED, ACTIVE)
            .row(ACTIVE, EMPTIED, INACTIVE)
            .row(ACTIVE, RESTORED, PRIMARY)
            .row(INACTIVE, RESTORED, PRIMARY);

    private RolloutLifecycle() {}
}
