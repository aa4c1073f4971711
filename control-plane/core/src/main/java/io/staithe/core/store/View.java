package io.staithe.core.store;

import io.staithe.core.state.ClusterState;

/** A snapshot, and the stream of every later event until it is closed or {@link Event.Lost}. */
public interface View extends AutoCloseable {
    ClusterState snapshot();

    /** No event is delivered after this returns, except one that is being delivered right now. */
    @Override
    void close();
}
