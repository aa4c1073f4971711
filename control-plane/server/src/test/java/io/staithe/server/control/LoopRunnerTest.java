package io.staithe.server.control;

import static io.staithe.server.state.Until.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.control.ControlLoop;
import io.staithe.core.control.Reconciler;
import io.staithe.core.model.Cluster;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.model.Leader;
import io.staithe.core.model.Setting;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Event;
import io.staithe.core.store.Lease;
import io.staithe.core.store.MemoryStore;
import io.staithe.core.store.Store;
import io.staithe.core.store.View;
import io.staithe.server.state.StateFeed;
import io.staithe.server.state.Tail;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class LoopRunnerTest {
    private final UncertainStore store = new UncertainStore();
    private final List<ControlLoop.Failure> failures = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : opened) part.close();
    }

    @Test
    void leadsAndReconciles() {
        Replica replica = replica("a");
        until("it leads", replica.loop::leads);
        put("web");
        until("the mark is made", () -> marked("web"));
    }

    @Test
    void secondProcessWaitsAndTakesOver() {
        Replica first = replica("a");
        until("the first leads", first.loop::leads);
        Replica second = replica("b");
        store.memory.expire(first.lease.held().orElseThrow());
        until("somebody leads again", () -> first.loop.leads() || second.loop.leads());
        assertFalse(first.loop.leads() && second.loop.leads());
        put("web");
        until("the mark is made", () -> marked("web"));
    }

    @Test
    void commitsNothingOnceItsKeyIsGone() {
        Replica replica = replica("a");
        until("it leads", replica.loop::leads);
        long revision = store.memory.state().revisionOf(Leader.KEY);
        Plan usurped = Plan.of(Change.put(new Leader("usurper", Instant.EPOCH), revision));
        store.memory.commit(usurped);
        put("web");
        until("it has resigned", () -> !replica.loop.leads());
        assertFalse(marked("web"));
    }

    @Test
    void looksAgainWhenACommitHasNoAnswer() {
        Replica replica = replica("a");
        until("it leads", replica.loop::leads);
        store.answersToSwallow.set(1);
        put("web");
        put("api");
        until("both marks are made", () -> marked("web") && marked("api"));
        assertTrue(replica.loop.leads());
        assertEquals(0, store.answersToSwallow.get());
    }

    @Test
    void poisonRestsAloneAndIsTold() {
        replica("a");
        put("poison");
        put("web");
        until("the other mark is made", () -> marked("web"));
        until("the failure is told", () -> !failures.isEmpty());
        assertEquals(Key.cluster("poison"), failures.get(0).key());
    }

    private record Replica(LoopRunner loop, ProcessLease lease) {}

    private Replica replica(String name) {
        StateFeed feed = new StateFeed(store);
        ProcessLease lease = new ProcessLease(store, Duration.ofSeconds(5));
        LoopRunner loop = new LoopRunner(
                name,
                store,
                feed,
                lease,
                List.of(new MarkClusters()),
                InstantSource.system(),
                plan -> {},
                failures::add);
        Tail tail = new Tail("loop-" + name, feed, loop);
        opened.addAll(List.of(tail, lease, feed));
        feed.start();
        lease.start();
        tail.start();
        return new Replica(loop, lease);
    }

    private void put(String cluster) {
        store.memory.commit(Plan.of(Change.create(Cluster.of(cluster, Instant.EPOCH))));
    }

    private boolean marked(String cluster) {
        return store.memory.state().get(mark(cluster).key()).isPresent();
    }

    private static Setting mark(String cluster) {
        return new Setting("mark-" + cluster, "made");
    }

    /** Makes a setting for each cluster; chokes on one. */
    private static final class MarkClusters implements Reconciler {
        @Override
        public String name() {
            return "mark";
        }

        @Override
        public Stream<Key> concerned(Entity entity, ClusterState state) {
            return entity instanceof Cluster cluster ? Stream.of(cluster.key()) : Stream.empty();
        }

        @Override
        public Plan reconcile(ClusterState state, Key key, Instant now) {
            if (key.id().equals("poison")) throw new IllegalStateException("poison");
            Setting mark = mark(key.id());
            return state.get(mark.key()).isPresent() ? Plan.NOTHING : Plan.of(Change.create(mark));
        }
    }

    /** Commits, and sometimes does not say so. */
    private static final class UncertainStore implements Store {
        final MemoryStore memory = new MemoryStore();
        final AtomicInteger answersToSwallow = new AtomicInteger();

        @Override
        public View open(Consumer<Event> sink) {
            return memory.open(sink);
        }

        @Override
        public CommitResult commit(Plan plan, @Nullable Lease lease) {
            CommitResult result = memory.commit(plan, lease);
            if (answersToSwallow.getAndUpdate(left -> Math.max(0, left - 1)) == 0) return result;
            return new CommitResult.Unknown("as the test asked");
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
