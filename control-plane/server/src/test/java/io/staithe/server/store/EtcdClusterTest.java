package io.staithe.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Lease;
import io.staithe.core.store.Store;
import io.staithe.core.store.StoreContract;
import io.staithe.core.store.WatchedState;
import io.staithe.wire.WireCodec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract on an etcd of three members, each with a certificate for its own name only. After the first tests one of them
 * is killed, so that the others run on the two that are left.
 */
@Tag("real")
final class EtcdClusterTest extends StoreContract {
    private static final List<String> HOSTS = List.of("127.0.0.1", "127.0.0.2", "127.0.0.3");
    private static final String CLIENT = "staithe";
    private static final int TESTS_ON_ALL = 3;

    @TempDir
    static Path folder;

    private static final List<EtcdProcess> MEMBERS = new ArrayList<>();
    private static Certificates certificates;
    private static int tests;
    private static int stores;

    private EtcdSettings settings;

    @BeforeAll
    static void startEtcd() throws Exception {
        certificates = new Certificates(Files.createDirectory(folder.resolve("certificates")));
        certificates.sign(CLIENT);
        for (String host : HOSTS) {
            certificates.sign(host);
            String name = "member-" + MEMBERS.size();
            MEMBERS.add(new EtcdProcess(Files.createDirectory(folder.resolve(name)), name, host, certificates));
        }
        for (EtcdProcess member : MEMBERS) member.join(MEMBERS);
        for (EtcdProcess member : MEMBERS) member.start();
    }

    @AfterAll
    static void endEtcd() throws Exception {
        for (EtcdProcess member : MEMBERS) member.kill();
    }

    @AfterEach
    void oneIsLost() throws Exception {
        if (++tests != TESTS_ON_ALL) return;
        MEMBERS.get(0).kill();
        try (Store left = emptyStore()) {
            committedInTheEnd(left, "an-election");
        }
    }

    @Override
    protected Store emptyStore() {
        settings = new EtcdSettings(
                MEMBERS.stream().map(EtcdProcess::endpoint).toList(),
                "/test-" + ++stores,
                null,
                null,
                certificates.authority(),
                certificates.certificate(CLIENT),
                certificates.key(CLIENT),
                EtcdSettingsFor.ANSWER_WITHIN,
                EtcdSettingsFor.SILENCE);
        return new EtcdStore(settings, new WireCodec());
    }

    @Override
    protected void expire(Lease lease) throws Exception {
        try (EtcdConnection other = new EtcdConnection(settings)) {
            other.client().getLeaseClient().revoke(((EtcdLease) lease).id()).get(10, TimeUnit.SECONDS);
        }
    }

    /** Whichever leads, and whichever the view is with: each is killed once, and comes back. */
    @Test
    void losesNothingWhenMembersDieInTurn() throws Exception {
        for (EtcdProcess member : MEMBERS) if (!member.isAlive()) member.start();
        try (WatchedState watched = new WatchedState(store)) {
            long last = 0;
            for (int member = 0; member < MEMBERS.size(); member++) {
                MEMBERS.get(member).kill();
                last = committedInTheEnd(store, "without-" + member);
                MEMBERS.get(member).start();
            }
            ClusterState seen = watched.await(last);
            assertSame(now(), seen);
            assertEquals(MEMBERS.size(), seen.size());
        }
    }

    /** Tries again for as long as nobody can say what became of it. */
    private static long committedInTheEnd(Store store, String name) {
        long deadline = System.nanoTime() + WatchedState.PATIENCE.toNanos();
        CommitResult result = store.commit(Plan.of(Change.put(setting(name, "1"), Change.ANY)));
        while (result instanceof CommitResult.Unknown && System.nanoTime() < deadline)
            result = store.commit(Plan.of(Change.put(setting(name, "1"), Change.ANY)));
        return committed(result);
    }
}
