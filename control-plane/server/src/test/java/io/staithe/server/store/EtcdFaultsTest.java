package io.staithe.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Setting;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Event;
import io.staithe.core.store.Lease;
import io.staithe.core.store.Store;
import io.staithe.core.store.View;
import io.staithe.core.store.WatchedState;
import io.staithe.wire.WireCodec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with a real etcd, and what the store says of it. */
@Tag("real")
final class EtcdFaultsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    private EtcdProcess etcd;
    private EtcdStore store;

    @BeforeEach
    void start() throws Exception {
        etcd = new EtcdProcess(folder);
        store = store(etcd.endpoint());
    }

    @AfterEach
    void end() throws Exception {
        etcd.resume();
        store.close();
        etcd.kill();
    }

    @Test
    void aViewThatIsBehindACompactionIsLost() throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        LinkedBlockingQueue<Event> events = new LinkedBlockingQueue<>();
        long first;
        try (View view = store.open(event -> {
            events.add(event);
            await(reads);
        })) {
            first = put("a", "1");
            assertInstanceOf(Event.Changed.class, events.poll(20, TimeUnit.SECONDS));
            etcd.kill();
            etcd.start();
            long last = put("a", "2");
            compact(put("a", "3"));
            reads.countDown();
            List<Event> rest = untilLost(events);
            for (Event event : rest) if (event instanceof Event.Changed change) assertTrue(change.revision() > first);
            Event.Lost lost = (Event.Lost) rest.get(rest.size() - 1);
            assertTrue(lost.reason().contains("compacted"), lost.reason());
            assertTrue(now().revisionOf(key("a")) > last);
            assertEquals(0, view.snapshot().size());
        }
    }

    @Test
    void aViewGoesOnWithoutAGapWhenEtcdComesBack() throws Exception {
        WatchedState watched = new WatchedState(store);
        watched.await(put("a", "1"));
        for (int round = 0; round < 3; round++) {
            int number = round;
            long before = put("before", "" + number);
            etcd.kill();
            etcd.start();
            long after = put("after", "" + number);
            assertTrue(after > before);
            if (lostBefore(watched, after)) watched = new WatchedState(store);
            assertEquals(
                    now().objects().toList(), watched.await(after).objects().toList());
        }
        watched.close();
    }

    @Test
    void aCommitThatEtcdDoesNotAnswerIsUnknownAndTheTruthIsReadLater() throws Exception {
        long first = put("a", "0");
        etcd.pause();
        for (int i = 1; i <= 2; i++) {
            long start = System.nanoTime();
            assertInstanceOf(
                    CommitResult.Unknown.class, store.commit(Plan.of(Change.put(setting("a", "" + i), first))));
            assertTrue(System.nanoTime() - start
                    < EtcdSettingsFor.ANSWER_WITHIN.plusSeconds(3).toNanos());
        }
        etcd.resume();
        long revision = put("b", "1");
        ClusterState truth = now();
        assertTrue(truth.revision() >= revision);
        assertTrue(List.of("0", "1", "2").contains(value(truth, "a")), value(truth, "a"));
        committed(store.commit(Plan.of(Change.put(setting("a", "then"), truth.revisionOf(key("a"))))));
        assertEquals("then", value(now(), "a"));
    }

    @Test
    void aCommitWhoseAnswerIsLostWasAppliedAndIsUnknown() throws Exception {
        try (FaultyLink link = new FaultyLink(etcd.endpoint());
                EtcdStore behind = store(link.endpoint())) {
            Plan plan = Plan.of(Change.create(setting("a", "1")));
            committed(behind.commit(Plan.of(Change.create(setting("warm", "1")))));
            link.muteAnswers();
            assertInstanceOf(CommitResult.Unknown.class, behind.commit(plan));
            assertEquals("1", value(now(), "a"));
            link.heal();
            Await.until("the same plan to be a conflict", PATIENCE, () -> {
                CommitResult again = behind.commit(plan);
                assertFalse(again instanceof CommitResult.Committed, "created twice");
                return again.equals(new CommitResult.Conflict(key("a")));
            });
        }
    }

    @Test
    void aViewThatHearsNothingIsLost() throws Exception {
        try (FaultyLink link = new FaultyLink(etcd.endpoint());
                EtcdStore behind = store(link.endpoint())) {
            WatchedState watched = new WatchedState(behind);
            watched.await(put("a", "1"));
            // Nothing is written: answers to the view's questions keep it alive for longer than the silence.
            Duration quiet = EtcdSettingsFor.SILENCE.plusSeconds(2);
            long start = System.nanoTime();
            Await.until("nothing to happen", quiet.plusSeconds(1), () -> System.nanoTime() - start > quiet.toNanos());
            assertFalse(watched.isLost());
            link.muteAnswers();
            put("a", "2");
            watched.awaitLost();
            assertEquals("1", value(watched.state(), "a"));
        }
    }

    @Test
    void aViewOfAnEtcdThatWentBackInTimeIsLost() throws Exception {
        for (int i = 0; i < 10; i++) put("a", "" + i);
        WatchedState watched = new WatchedState(store);
        etcd.kill();
        etcd.startEmpty();
        put("b", "1");
        watched.awaitLost();
        assertEquals(10, watched.state().revision() - 1);
        assertEquals(1, now().size());
    }

    @Test
    void aLeaseThatRanOutWhileEtcdWasStoppedIsFoundInTimeAndCommitsNothing() throws Exception {
        Duration ttl = Duration.ofSeconds(3);
        Lease lease = store.grant(ttl);
        committed(store.commit(Plan.of(Change.putLeased(setting("a", "1"), Change.ABSENT)), lease));
        etcd.pause();
        Duration held = Await.until("the lease to be given up", ttl, () -> !lease.isHeld());
        assertTrue(held.compareTo(ttl.multipliedBy(2).dividedBy(3).plusMillis(200)) < 0, held::toString);
        assertEquals(
                new CommitResult.Conflict(key("b")), store.commit(Plan.of(Change.create(setting("b", "1"))), lease));
        etcd.resume();
        Await.until("etcd to end the lease", PATIENCE, () -> now().get(key("a")).isEmpty());
        assertFalse(lease.isHeld(), "a lease that was given up is never held again");
        assertEquals(0, now().size());
    }

    @Test
    void aLeaseThatEtcdEndedIsFoundByItsRenewal() throws Exception {
        EtcdLease lease = (EtcdLease) store.grant(Duration.ofSeconds(2));
        try (EtcdConnection other = new EtcdConnection(EtcdSettingsFor.test(etcd, EtcdSettings.DEFAULT_PREFIX))) {
            other.read(other.client().getLeaseClient().revoke(lease.id()));
        }
        Await.until("the loss to be found", Duration.ofSeconds(2), () -> !lease.isHeld());
    }

    private static EtcdStore store(URI endpoint) {
        return new EtcdStore(EtcdSettingsFor.test(endpoint, EtcdSettings.DEFAULT_PREFIX), new WireCodec());
    }

    /** Puts until etcd, which may just be starting, takes it; the revision. */
    private long put(String name, String value) {
        List<CommitResult> results = new ArrayList<>();
        Await.until("etcd to take a commit", PATIENCE, () -> {
            results.add(store.commit(Plan.of(Change.put(setting(name, value), Change.ANY))));
            return results.get(results.size() - 1) instanceof CommitResult.Committed;
        });
        return committed(results.get(results.size() - 1));
    }

    private void compact(long revision) throws Exception {
        try (EtcdConnection other = new EtcdConnection(EtcdSettingsFor.test(etcd, EtcdSettings.DEFAULT_PREFIX))) {
            other.client().getKVClient().compact(revision).get(10, TimeUnit.SECONDS);
        }
    }

    private static boolean lostBefore(WatchedState watched, long revision) {
        Await.until(
                "the view to end or to go on",
                PATIENCE,
                () -> watched.isLost() || watched.state().revision() >= revision);
        return watched.isLost();
    }

    private static List<Event> untilLost(LinkedBlockingQueue<Event> events) throws InterruptedException {
        List<Event> all = new ArrayList<>();
        while (all.isEmpty() || !(all.get(all.size() - 1) instanceof Event.Lost)) {
            Event next = events.poll(20, TimeUnit.SECONDS);
            assertTrue(next != null, () -> "no end after " + all);
            all.add(next);
        }
        return all;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ClusterState now() {
        return now(store);
    }

    private static ClusterState now(Store store) {
        try (View view = store.open(event -> {})) {
            return view.snapshot();
        }
    }

    private static long committed(CommitResult result) {
        return assertInstanceOf(CommitResult.Committed.class, result).revision();
    }

    private static String value(ClusterState state, String name) {
        return state.get(key(name), Setting.class).orElseThrow().value();
    }

    private static Setting setting(String name, String value) {
        return new Setting(name, value);
    }

    private static Key key(String name) {
        return new Key(Kind.SETTING, name);
    }
}
