package io.staithe.server.state;

import io.staithe.core.state.ClusterState;
import io.staithe.server.ecs.Waiting;
import java.time.Duration;
import java.util.function.Predicate;

/** The API's window on the feed. */
public final class StateWaiting implements Waiting {
    private final StateFeed feed;

    public StateWaiting(StateFeed feed) {
        this.feed = feed;
    }

    @Override
    public ClusterState state() {
        return feed.current();
    }

    @Override
    public ClusterState until(Predicate<ClusterState> condition, Duration atMost) {
        try {
            return feed.await(condition, atMost).orElseGet(feed::current);
        } catch (InterruptedException e) {
            // The server is stopping: the caller sees the present state and ends.
            Thread.currentThread().interrupt();
            return feed.current();
        }
    }
}
