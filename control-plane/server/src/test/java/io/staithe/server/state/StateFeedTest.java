package io.staithe.server.state;

import static io.staithe.server.state.Until.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Cluster;
import io.staithe.core.model.Key;
import io.staithe.core.state.Change;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Event;
import io.staithe.core.store.Lease;
import io.staithe.core.store.MemoryStore;
import io.staithe.core.store.Store;
import io.staithe.core.store.StoreUnavailable;
import io.staithe.core.store.View;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class StateFeedTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration NEVER = Duration.ofHours(1);

    private final FaultyStore store = new FaultyStore();
    private @Nullable StateFeed feed;

    @AfterEach
    void close() {
        if (feed != null) feed.close();
    }

    @Test
    void followsTheStore() throws InterruptedException {
        StateFeed feed = start(NEVER);
        long revision = put("a");
        assertTrue(feed.awaitRevision(revision, SOON));
        assertTrue(feed.current().cluster("a").isPresent());
        assertTrue(feed.isFresh());
    }

    @Test
    void opensALostViewAgainAndTellsWhatWasMissed() {
        StateFeed feed = start(NEVER);
        Subscription subscription = feed.subscribe();
        store.memory.loseViews("a test");
        put("a");
        until("the missed change is known", () -> feed.current().cluster("a").isPresent());
        assertEquals(Key.cluster("a"), changed(subscription).updates().get(0).key());
    }

    @Test
    void waitsForAStoreThatIsAway() {
        store.away = true;
        StateFeed feed = new StateFeed(store, NEVER);
        this.feed = feed;
        feed.start();
        until("it has tried", () -> store.tries.get() > 1);
        assertFalse(feed.isFresh());
        store.away = false;
        until("the view is open", feed::isFresh);
    }

    @Test
    void findsByListingWhatAViewNeverTold() {
        StateFeed feed = start(Duration.ofMillis(50));
        Subscription subscription = feed.subscribe();
        store.deaf = true;
        put("a");
        until("the listing shows it", () -> feed.current().cluster("a").isPresent());
        assertEquals(Key.cluster("a"), changed(subscription).updates().get(0).key());
        store.memory.commit(Plan.of(Change.delete(Key.cluster("a"), Change.ANY)));
        until(
                "the listing shows that it is gone",
                () -> feed.current().cluster("a").isEmpty());
        assertNull(changed(subscription).updates().get(0).entity());
        assertTrue(feed.missedUpdates() >= 2);
    }

    @Test
    void dropsEverythingWhenTheStoreGoesBack() {
        put("a");
        put("b");
        StateFeed feed = start(NEVER);
        until("b is known", () -> feed.current().cluster("b").isPresent());
        Subscription subscription = feed.subscribe();
        MemoryStore older = new MemoryStore();
        older.commit(Plan.of(Change.create(Cluster.of("a", Instant.EPOCH))));
        MemoryStore restored = store.memory;
        store.memory = older;
        restored.loseViews("restored from a copy");
        until("the older state is taken", () -> feed.current().cluster("b").isEmpty());
        assertInstanceOf(Event.Lost.class, next(subscription));
    }

    @Test
    void losesASubscriberThatDoesNotRead() {
        StateFeed feed = start(NEVER);
        Subscription slow = feed.subscribe();
        long last = 0;
        for (int i = 0; i <= Subscription.MAX_WAITING; i++) last = put("c");
        long revision = last;
        until("all is told", () -> feed.current().revision() >= revision);
        assertInstanceOf(Event.Lost.class, next(slow));
        assertTrue(feed.subscribe().snapshot().cluster("c").isPresent());
    }

    @Test
    void refreshingShowsWhatWasCommittedBefore() throws InterruptedException {
        StateFeed feed = start(NEVER);
        store.deaf = true;
        put("a");
        assertTrue(feed.refresh(SOON));
        assertTrue(feed.current().cluster("a").isPresent());
    }

    @Test
    void givesUpWaitingInTime() throws InterruptedException {
        StateFeed feed = start(NEVER);
        assertTrue(feed.await(state -> state.cluster("a").isPresent(), Duration.ofMillis(30))
                .isEmpty());
    }

    private StateFeed start(Duration relistEvery) {
        StateFeed started = new StateFeed(store, relistEvery);
        feed = started;
        started.start();
        until("the first view is open", started::isFresh);
        return started;
    }

    private long put(String cluster) {
        Plan plan = Plan.of(Change.put(Cluster.of(cluster, Instant.EPOCH), Change.ANY));
        return ((CommitResult.Committed) store.memory.commit(plan)).revision();
    }

    private static Event.Changed changed(Subscription subscription) {
        return assertInstanceOf(Event.Changed.class, next(subscription));
    }

    private static Event next(Subscription subscription) {
        try {
            return Objects.requireNonNull(subscription.poll(SOON), "no event came");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A store in memory that can be away, and whose views can be deaf. */
    private static final class FaultyStore implements Store {
        volatile MemoryStore memory = new MemoryStore();
        volatile boolean away;
        volatile boolean deaf;
        final AtomicInteger tries = new AtomicInteger();

        @Override
        public View open(Consumer<Event> sink) {
            tries.incrementAndGet();
            if (away) throw new StoreUnavailable("away", null);
            return memory.open(event -> {
                if (!deaf || event instanceof Event.Lost) sink.accept(event);
            });
        }

        @Override
        public CommitResult commit(Plan plan, @Nullable Lease lease) {
            return memory.commit(plan, lease);
        }

        @Override
        public Lease grant(Duration ttl) {
            return memory.grant(ttl);
        }

        @Override
        public void close() {
            memory.close();
        }
    }
}
