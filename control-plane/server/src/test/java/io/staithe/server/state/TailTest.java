package io.staithe.server.state;

import static io.staithe.server.state.Until.until;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.model.Cluster;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.Event;
import io.staithe.core.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TailTest {
    private final MemoryStore store = new MemoryStore();
    private final StateFeed feed = new StateFeed(store);
    private final Counting follower = new Counting();
    private final Tail tail = new Tail("test-tail", feed, follower);

    @BeforeEach
    void start() {
        feed.start();
        tail.start();
        until("it has begun", () -> follower.restarts.get() == 1);
    }

    @AfterEach
    void stop() {
        tail.close();
        feed.close();
    }

    @Test
    void tellsEveryCommitAndThenSettles() {
        for (int i = 0; i < 1000; i++) put("c" + i);
        until("all is told", () -> follower.told.get() == 1000);
        until("it has settled after the last", () -> follower.settledAt == 1000);
    }

    @Test
    void beginsAnewAfterAFailure() {
        follower.failOnce = true;
        put("a");
        until("it has begun again", () -> follower.restarts.get() == 2);
        put("b");
        until("it goes on", () -> follower.clusters == 2);
        assertEquals(1, tail.failures());
    }

    @Test
    void settlesWhenWoken() {
        int before = follower.settled.get();
        tail.wake();
        until("it has settled", () -> follower.settled.get() > before);
    }

    private void put(String name) {
        store.commit(Plan.of(Change.create(Cluster.of(name, Instant.EPOCH))));
    }

    private static final class Counting implements Follower {
        final AtomicInteger restarts = new AtomicInteger();
        final AtomicInteger told = new AtomicInteger();
        final AtomicInteger settled = new AtomicInteger();
        volatile int settledAt;
        volatile int clusters;
        volatile boolean failOnce;

        @Override
        public void restart(ClusterState snapshot) {
            restarts.incrementAndGet();
            clusters = snapshot.size();
        }

        @Override
        public void changed(ClusterState before, Event.Changed event, ClusterState after) {
            if (failOnce) {
                failOnce = false;
                throw new IllegalStateException("as the test asked");
            }
            told.incrementAndGet();
            clusters = after.size();
        }

        @Override
        public Duration settle() {
            settled.incrementAndGet();
            settledAt = told.get();
            return Duration.ofHours(1);
        }
    }
}
