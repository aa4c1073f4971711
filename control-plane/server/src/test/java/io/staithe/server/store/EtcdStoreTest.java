package io.staithe.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.etcd.jetcd.ByteSequence;
import io.etcd.jetcd.options.PutOption;
import io.staithe.core.model.Setting;
import io.staithe.core.state.Change;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Lease;
import io.staithe.core.store.Store;
import io.staithe.core.store.StoreContract;
import io.staithe.core.store.StoreUnavailable;
import io.staithe.core.store.WatchedState;
import io.staithe.wire.WireCodec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a real etcd. One etcd for all of them, a prefix for each. */
@Tag("real")
final class EtcdStoreTest extends StoreContract {
    @TempDir
    static Path folder;

    private static EtcdProcess etcd;
    private static int prefixes;

    private EtcdSettings settings;

    @BeforeAll
    static void startEtcd() throws Exception {
        etcd = new EtcdProcess(folder);
    }

    @AfterAll
    static void endEtcd() throws Exception {
        etcd.kill();
    }

    @Override
    protected Store emptyStore() {
        settings = EtcdSettingsFor.test(etcd, "/test-" + ++prefixes);
        return another();
    }

    /** As seen by a process of its own. */
    private EtcdStore another() {
        return new EtcdStore(settings, new WireCodec());
    }

    @Override
    protected void expire(Lease lease) throws Exception {
        try (EtcdConnection other = new EtcdConnection(settings)) {
            other.client().getLeaseClient().revoke(((EtcdLease) lease).id()).get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void severalProcessesShareOneState() throws Exception {
        try (EtcdStore other = another();
                WatchedState there = new WatchedState(other)) {
            long first = committed(Plan.of(Change.create(setting("a", "1"))));
            there.await(first);
            assertEquals(new CommitResult.Conflict(key("a")), other.commit(Plan.of(Change.create(setting("a", "2")))));
            long second = committed(other.commit(Plan.of(Change.put(setting("a", "2"), first))));
            assertConflict(key("a"), Plan.of(Change.put(setting("a", "3"), first)));
            assertEquals(second, now().revisionOf(key("a")));
        }
    }

    @Test
    void readsMoreThanOnePage() {
        for (int from = 0; from < 1_300; from += Plan.MAX_OPERATIONS)
            committed(Plan.of(IntStream.range(from, from + Plan.MAX_OPERATIONS)
                    .mapToObj(i -> Change.create(setting("page-" + i, "")))
                    .toArray(Change[]::new)));
        assertEquals(1_320, now().size());
    }

    @Test
    void auditsFindNothingWhileAWatchTellsEverything() throws Exception {
        try (WatchedState watched = new WatchedState(store)) {
            inParallel(3, thread -> {
                for (int i = 0; i < 60; i++) {
                    String name = thread + "-" + i % 7;
                    if (i % 5 == 4) committed(Plan.of(Change.delete(key(name), Change.ANY)));
                    else committed(Plan.of(Change.put(setting(name, "" + i), Change.ANY)));
                    if (i % 10 == 0) ((EtcdStore) store).audit();
                }
            });
            long last = committed(Plan.of(Change.create(setting("end", ""))));
            assertSame(now(), watched.await(last));
        }
    }

    @Test
    void seesNothingOfAnotherInstallation() {
        EtcdSettings mine = settings;
        settings = EtcdSettingsFor.test(etcd, mine.prefix() + "0");
        try (EtcdStore neighbour = another();
                WatchedState watched = new WatchedState(store)) {
            committed(neighbour.commit(Plan.of(Change.create(setting("theirs", "1")))));
            neighbour.grant(Duration.ofSeconds(60)).close();
            watched.await(committed(Plan.of(Change.create(setting("mine", "1")))));
            assertEquals(1, watched.changes().size());
            assertEquals(1, now().size());
        }
    }

    @Test
    void refusesWhatEtcdWouldRefuseAndSaysWhy() {
        Plan large = Plan.of(Change.create(setting("a", "x".repeat(1 << 21))));
        String message = assertThrows(IllegalArgumentException.class, () -> store.commit(large))
                .getMessage();
        assertTrue(message.contains("/settings/a") && message.contains("more than etcd takes"), message);
        Plan many = Plan.of(IntStream.range(0, 4)
                .mapToObj(i -> Change.create(setting("a" + i, "x".repeat(1 << 19))))
                .toArray(Change[]::new));
        assertThrows(IllegalArgumentException.class, () -> store.commit(many));
        assertEquals(0, now().size());
        committed(Plan.of(Change.create(setting("fits", "x".repeat(EtcdTransaction.MAX_BYTES - 100)))));
    }

    @Test
    void aLeaseIsRenewedForAsLongAsItIsHeld() throws Exception {
        EtcdLease lease = (EtcdLease) store.grant(Duration.ofSeconds(3));
        committed(lease, Change.putLeased(setting("renewed", "1"), Change.ABSENT));
        putOnALeaseThatNobodyRenews(setting("not-renewed", "1"), 5);
        try (WatchedState watched = new WatchedState(store)) {
            watched.awaitAbsent(key("not-renewed"));
            assertTrue(lease.isHeld(), lease::whyEnded);
            assertEquals(List.of(setting("renewed", "1")), settings(watched.state()));
        }
    }

    private void putOnALeaseThatNobodyRenews(Setting setting, long ttlSeconds) throws Exception {
        try (EtcdConnection other = new EtcdConnection(settings)) {
            long id = other.read(other.client().getLeaseClient().grant(ttlSeconds))
                    .getID();
            other.read(other.client()
                    .getKVClient()
                    .put(
                            new EtcdKeys(settings.prefix()).object(setting.key()),
                            ByteSequence.from(new WireCodec().encode(setting)),
                            PutOption.builder().withLeaseId(id).build()));
        }
    }

    @Test
    void anEtcdThatIsNotThereIsSaidToBeUnavailable() throws Exception {
        EtcdSettings nowhere = EtcdSettingsFor.test(URI.create("http://127.0.0.1:1"), "/x");
        try (EtcdStore store = new EtcdStore(nowhere, new WireCodec())) {
            assertThrows(StoreUnavailable.class, () -> store.open(event -> {}));
            assertThrows(StoreUnavailable.class, () -> store.grant(Duration.ofSeconds(5)));
            assertInstanceOf(CommitResult.Unknown.class, store.commit(Plan.of(Change.create(setting("a", "1")))));
        }
    }

    @Test
    void whatANewerProgramWroteIsNotRead() throws Exception {
        try (EtcdConnection other = new EtcdConnection(settings)) {
            other.client()
                    .getKVClient()
                    .put(EtcdConnection.bytes(settings.prefix() + "/flying-saucers/1"), EtcdConnection.bytes("?"))
                    .get(10, TimeUnit.SECONDS);
        }
        String message = assertThrows(IllegalStateException.class, this::now).getMessage();
        assertTrue(message.contains("/flying-saucers/1"), message);
    }
}
