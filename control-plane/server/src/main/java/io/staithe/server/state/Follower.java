package io.staithe.server.state;

import io.staithe.core.state.ClusterState;
import io.staithe.core.store.Event;
import java.time.Duration;

/** Somebody who follows the state on a {@link Tail}. Called by one thread only. */
public interface Follower {
    /** Begin anew from here: at first, and whenever events were missed. */
    void restart(ClusterState snapshot);

    /** One commit. */
    void changed(ClusterState before, Event.Changed event, ClusterState after);

    /**
     * Nothing more is waiting: act on what was told. Many commits in a row are followed by one call.
     *
     * @return how long to sleep at most until this is called again without news
     */
    Duration settle() throws InterruptedException;
}
