package io.staithe.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Sample;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.Setting;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Guard;
import io.staithe.core.state.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link Store} promises. Each implementation runs this test as it is. */
public abstract class StoreContract {
    private static final Duration TTL = Duration.ofSeconds(60);

    protected Store store;

    /** A store that holds nothing. */
    protected abstract Store emptyStore() throws Exception;

    /** Ends a lease of {@link #store} behind its holder's back, as when the holder had been away for too long. */
    protected abstract void expire(Lease lease) throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = emptyStore();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void createsOnlyWhatIsNotThere() {
        long created = committed(Plan.of(Change.create(setting("a", "1"))));
        assertConflict(key("a"), Plan.of(Change.create(setting("a", "2"))));
        assertEquals(setting("a", "1"), now().get(key("a")).orElseThrow());
        assertEquals(created, now().revisionOf(key("a")));
    }

    @Test
    void writesOverTheExpectedRevisionOnly() {
        long first = committed(Plan.of(Change.create(setting("a", "1"))));
        long second = committed(Plan.of(Change.put(setting("a", "2"), first)));
        assertTrue(second > first);
        assertConflict(key("a"), Plan.of(Change.put(setting("a", "3"), first)));
        assertConflict(key("b"), Plan.of(Change.put(setting("b", "3"), first)));
        assertEquals(setting("a", "2"), now().get(key("a")).orElseThrow());
    }

    @Test
    void anyRevisionMatchesWhatIsThereAndWhatIsNot() {
        committed(Plan.of(Change.put(setting("a", "1"), Change.ANY)));
        committed(Plan.of(Change.put(setting("a", "2"), Change.ANY)));
        assertEquals(setting("a", "2"), now().get(key("a")).orElseThrow());
        committed(Plan.of(Change.delete(key("a"), Change.ANY)));
        committed(Plan.of(Change.delete(key("a"), Change.ANY)));
        assertEquals(0, now().size());
    }

    @Test
    void deletesTheExpectedRevisionOnly() {
        long first = committed(Plan.of(Change.create(setting("a", "1"))));
        long second = committed(Plan.of(Change.put(setting("a", "2"), first)));
        assertConflict(key("a"), Plan.of(Change.delete(key("a"), first)));
        committed(Plan.of(Change.delete(key("a"), second)));
        assertEquals(Change.ABSENT, now().revisionOf(key("a")));
        long again = committed(Plan.of(Change.create(setting("a", "3"))));
        assertTrue(again > second, "a revision is never given twice");
    }

    @Test
    void guardsHoldAndAreNotWritten() {
        long guarded = committed(Plan.of(Change.create(setting("leader", "me"))));
        committed(guardedBy("leader", guarded, Change.create(setting("a", "1"))));
        committed(guardedBy("nobody", Change.ABSENT, Change.create(setting("b", "1"))));
        assertEquals(guarded, now().revisionOf(key("leader")));
        committed(Plan.of(Change.put(setting("leader", "other"), guarded)));
        assertConflict(key("leader"), guardedBy("leader", guarded, Change.create(setting("c", "1"))));
        assertConflict(key("a"), guardedBy("a", Change.ABSENT, Change.create(setting("c", "1"))));
        assertTrue(now().get(key("c")).isEmpty());
    }

    @Test
    void writesAllOrNothing() {
        long first = committed(Plan.of(Change.create(setting("a", "1"))));
        Plan halfRight = Plan.of(
                Change.create(setting("b", "1")),
                Change.put(setting("a", "2"), first),
                Change.delete(key("c"), first),
                Change.create(setting("d", "1")));
        assertConflict(key("c"), halfRight);
        assertEquals(List.of(setting("a", "1")), settings(now()));
    }

    @Test
    void onePlanIsOneRevisionAndOneEvent() {
        long before = committed(Plan.of(Change.create(setting("gone", "1"))));
        try (WatchedState watched = new WatchedState(store)) {
            long revision = committed(Plan.of(
                    Change.create(setting("a", "1")),
                    Change.create(setting("b", "1")),
                    Change.delete(key("gone"), before)));
            ClusterState state = watched.await(revision);
            assertEquals(1, watched.changes().size());
            Event.Changed event = watched.changes().get(0);
            assertEquals(revision, event.revision());
            assertEquals(
                    List.of(
                            new Event.Update(key("a"), setting("a", "1")),
                            new Event.Update(key("b"), setting("b", "1")),
                            new Event.Update(key("gone"), null)),
                    sorted(event.updates()));
            assertEquals(revision, state.revisionOf(key("a")));
            assertSame(now(), state);
        }
    }

    @Test
    void everyKindOfObjectComesBackAsItWas() {
        Sample sample = new Sample(4);
        List<Entity> entities = new ArrayList<>();
        Sample.entityTypes().forEach(type -> entities.add(sample.of(type)));
        committed(Plan.of(entities.stream().map(Change::create).toArray(Change[]::new)));
        ClusterState state = now();
        for (Entity entity : entities)
            assertEquals(entity, state.get(entity.key()).orElseThrow());
    }

    @Test
    void refusesPlansThatNobodyCanCommit() {
        assertThrows(IllegalArgumentException.class, () -> store.commit(Plan.NOTHING));
        Plan twice = Plan.of(Change.create(setting("a", "1")), Change.delete(key("a"), Change.ANY));
        assertThrows(IllegalArgumentException.class, () -> store.commit(twice));
        assertThrows(IllegalArgumentException.class, () -> store.commit(creating(Plan.MAX_OPERATIONS + 1)));
        Plan leased = Plan.of(Change.putLeased(setting("a", "1"), Change.ABSENT));
        assertThrows(IllegalArgumentException.class, () -> store.commit(leased));
        assertEquals(0, now().size());
    }

    @Test
    void takesTheLargestPlan() {
        committed(creating(Plan.MAX_OPERATIONS));
        assertEquals(Plan.MAX_OPERATIONS, now().size());
        assertConflict(key("0"), creating(Plan.MAX_OPERATIONS));
    }

    @Test
    void aViewHasNoGapAndNoRepeatUnderConcurrentCommits() throws Exception {
        int writers = 4;
        int commits = 25;
        List<WatchedState> views = new ArrayList<>();
        inParallel(writers + 1, thread -> {
            for (int i = 0; i < commits; i++) {
                if (thread == writers && i % 5 == 0) views.add(new WatchedState(store));
                else
                    committed(Plan.of(
                            Change.put(setting("own-" + thread, "" + i), Change.ANY),
                            Change.put(setting("shared", thread + ":" + i), Change.ANY)));
            }
        });
        long last = committed(Plan.of(Change.create(setting("end", ""))));
        for (WatchedState view : views) {
            assertSame(now(), view.await(last));
            view.close();
        }
    }

    @Test
    void aClosedViewGetsNothing() {
        WatchedState closed = new WatchedState(store);
        closed.close();
        try (WatchedState open = new WatchedState(store)) {
            open.await(committed(Plan.of(Change.create(setting("a", "1")))));
        }
        assertEquals(List.of(), closed.changes());
        store.close();
        assertFalse(closed.isLost());
    }

    @Test
    void aStoreThatClosesLosesItsViews() {
        WatchedState watched = new WatchedState(store);
        watched.await(committed(Plan.of(Change.create(setting("a", "1")))));
        store.close();
        watched.awaitLost();
        assertEquals(1, watched.state().size());
    }

    @Test
    void leasedObjectsEndWithTheirLease() {
        Lease lease = store.grant(TTL);
        assertTrue(lease.isHeld());
        committed(lease, Change.putLeased(setting("a", "1"), Change.ABSENT), Change.create(setting("b", "1")));
        try (WatchedState watched = new WatchedState(store)) {
            assertEquals(2, watched.state().size());
            lease.close();
            assertFalse(lease.isHeld());
            watched.awaitAbsent(key("a"));
            assertEquals(
                    List.of(new Event.Update(key("a"), null)),
                    watched.changes().get(0).updates());
        }
        assertEquals(List.of(setting("b", "1")), settings(now()));
        lease.close();
    }

    @Test
    void aLeaseOfLessThanASecondIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> store.grant(Duration.ofMillis(999)));
    }

    @Test
    void aLeaseThatEndedBehindItsHoldersBackCommitsNothing() throws Exception {
        Lease lease = store.grant(TTL);
        committed(lease, Change.putLeased(setting("a", "1"), Change.ABSENT));
        try (WatchedState watched = new WatchedState(store)) {
            expire(lease);
            watched.awaitAbsent(key("a"));
        }
        assertConflict(key("a"), Plan.of(Change.putLeased(setting("a", "2"), Change.ABSENT)), lease);
        assertConflict(key("b"), Plan.of(Change.create(setting("b", "1"))), lease);
        assertEquals(0, now().size());
    }

    @Test
    void aPlanWithoutLeaseDetachesWhatItWrites() {
        Lease lease = store.grant(TTL);
        long first = committed(
                lease,
                Change.putLeased(setting("a", "1"), Change.ABSENT),
                Change.putLeased(setting("b", "1"), Change.ABSENT));
        committed(Plan.of(Change.put(setting("a", "2"), first)));
        try (WatchedState watched = new WatchedState(store)) {
            lease.close();
            watched.awaitAbsent(key("b"));
        }
        assertEquals(List.of(setting("a", "2")), settings(now()));
    }

    @Test
    void anotherLeaseTakesOverWhatIsPutWithIt() {
        Lease first = store.grant(TTL);
        Lease second = store.grant(TTL);
        committed(
                first,
                Change.putLeased(setting("a", "1"), Change.ABSENT),
                Change.putLeased(setting("b", "1"), Change.ABSENT));
        committed(second, Change.putLeased(setting("a", "2"), Change.ANY));
        try (WatchedState watched = new WatchedState(store)) {
            first.close();
            assertEquals(List.of(setting("a", "2")), settings(watched.awaitAbsent(key("b"))));
            second.close();
            watched.awaitAbsent(key("a"));
        }
    }

    @Test
    void noUpdateIsLostAmongManyThreads() throws Exception {
        int threads = 64;
        int increments = 3;
        int counters = 8;
        for (int c = 0; c < counters; c++) committed(Plan.of(Change.create(setting("counter-" + c, "0"))));
        inParallel(threads, thread -> {
            for (int i = 0; i < increments; i++) increment(key("counter-" + (thread + i) % counters));
        });
        int sum = settings(now()).stream()
                .mapToInt(setting -> Integer.parseInt(setting.value()))
                .sum();
        assertEquals(threads * increments, sum);
    }

    private void increment(Key counter) {
        CommitResult result;
        do {
            ClusterState state = now();
            Setting value = state.get(counter, Setting.class).orElseThrow();
            String next = Integer.toString(Integer.parseInt(value.value()) + 1);
            result = store.commit(Plan.of(Change.put(setting(value.name(), next), state.revisionOf(counter))));
            assertFalse(result instanceof CommitResult.Unknown, result::toString);
        } while (result instanceof CommitResult.Conflict);
    }

    /** What is stored now, as a new view sees it. */
    protected final ClusterState now() {
        try (View view = store.open(event -> {})) {
            return view.snapshot();
        }
    }

    protected static Setting setting(String name, String value) {
        return new Setting(name, value);
    }

    protected static Key key(String name) {
        return new Key(Kind.SETTING, name);
    }

    protected static List<Setting> settings(ClusterState state) {
        return state.all(Kind.SETTING, Setting.class).toList();
    }

    /** Commits what must be accepted; its revision. */
    protected final long committed(Plan plan) {
        return committed(store.commit(plan));
    }

    protected final long committed(Lease lease, Change... changes) {
        return committed(store.commit(Plan.of(changes), lease));
    }

    protected static long committed(CommitResult result) {
        return assertInstanceOf(CommitResult.Committed.class, result).revision();
    }

    protected final void assertConflict(Key expected, Plan plan) {
        assertConflict(expected, plan, null);
    }

    protected final void assertConflict(Key expected, Plan plan, @Nullable Lease lease) {
        assertEquals(new CommitResult.Conflict(expected), store.commit(plan, lease));
    }

    /** The same objects at the same revisions. */
    protected static void assertSame(ClusterState expected, ClusterState actual) {
        assertEquals(expected.objects().toList(), actual.objects().toList());
    }

    protected interface Work {
        void on(int thread) throws Exception;
    }

    protected static void inParallel(int threads, Work work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            Stream<Callable<Void>> all = IntStream.range(0, threads).mapToObj(thread -> () -> {
                work.on(thread);
                return null;
            });
            for (Future<Void> done : pool.invokeAll(all.toList(), 60, TimeUnit.SECONDS)) done.get();
        } finally {
            pool.shutdownNow();
        }
    }

    private static Plan guardedBy(String guard, long revision, Change change) {
        return new Plan(List.of(change), List.of(new Guard(key(guard), revision)), List.of(), null);
    }

    private static Plan creating(int objects) {
        return Plan.of(IntStream.range(0, objects)
                .mapToObj(i -> Change.create(setting(Integer.toString(i), "")))
                .toArray(Change[]::new));
    }

    private static List<Event.Update> sorted(List<Event.Update> updates) {
        return updates.stream().sorted(Comparator.comparing(Event.Update::key)).toList();
    }
}
