package io.staithe.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.Sample;
import io.staithe.core.model.Entity;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Lease;
import io.staithe.core.store.Store;
import io.staithe.core.store.StoreContract;
import io.staithe.core.store.StoreUnavailable;
import io.staithe.core.store.WatchedState;
import io.staithe.wire.WireCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedStoreTest extends StoreContract {
    private static final long MAX_FILE_BYTES = 16 << 20;

    @TempDir
    Path folder;

    @Override
    protected Store emptyStore() {
        return reopened();
    }

    /** Nobody can end it but the process itself. */
    @Override
    protected void expire(Lease lease) {
        lease.close();
    }

    private EmbeddedStore reopened() {
        return EmbeddedStore.open(folder, new WireCodec());
    }

    @Test
    void everythingIsThereAfterReopening() {
        Sample sample = new Sample(21);
        for (int i = 0; i < 300; i++) {
            Entity entity = sample.entity();
            committed(Plan.of(Change.put(entity, Change.ANY)));
            if (sample.chance(0.2)) committed(Plan.of(Change.delete(entity.key(), Change.ANY)));
        }
        ClusterState before = now();
        store.close();
        store = reopened();
        assertSame(before, now());
        assertEquals(before.revision(), now().revision());
        assertTrue(committed(Plan.of(Change.create(setting("later", "")))) > before.revision());
    }

    @Test
    void whatWasLeasedIsGoneAfterReopening() {
        committed(Plan.of(Change.create(setting("a", "1")), Change.create(setting("b", "1"))));
        Lease lease = store.grant(Duration.ofSeconds(5));
        long last = committed(lease, Change.putLeased(setting("b", "2"), Change.ANY), Change.create(setting("c", "1")));
        store.close();
        store = reopened();
        assertEquals(List.of(setting("a", "1"), setting("c", "1")), settings(now()));
        assertTrue(now().revision() >= last);
        assertConflict(key("d"), Plan.of(Change.create(setting("d", "1"))), lease);
    }

    @Test
    void aSecondOpeningIsRefusedAndSaysWhy() {
        String message = assertThrows(StoreUnavailable.class, this::reopened).getMessage();
        assertTrue(message.contains("in use by another control plane"), message);
        committed(Plan.of(Change.create(setting("a", "1"))));
    }

    @Test
    void aFileThatIsNoStoreIsRefused() throws IOException {
        store.close();
        Path file = folder.resolve("state.mv");
        assertTrue(Files.exists(file));
        Files.write(file, new byte[16_384]);
        String message = assertThrows(StoreUnavailable.class, this::reopened).getMessage();
        assertTrue(message.contains(file.toString()), message);
    }

    @Test
    void aClosedStoreKnowsNothing() {
        store.close();
        assertInstanceOf(CommitResult.Unknown.class, store.commit(Plan.of(Change.create(setting("a", "1")))));
        assertThrows(StoreUnavailable.class, () -> store.open(event -> {}));
        assertThrows(StoreUnavailable.class, () -> store.grant(Duration.ofSeconds(5)));
        store.close();
    }

    @Test
    void theFileIsSmallAgainAfterOpeningHoweverOftenTheSameWasWritten() throws Exception {
        String text = "x".repeat(2_000);
        for (int i = 0; i < 1_000; i++) committed(Plan.of(Change.create(setting("kept-" + i, text))));
        inParallel(8, thread -> {
            for (int i = 0; i < 500; i++)
                committed(Plan.of(Change.put(setting("busy-" + (thread * 40 + i % 40), text + i), Change.ANY)));
        });
        store.close();
        reopened().close();
        long bytes = Files.size(folder.resolve("state.mv"));
        assertTrue(bytes < MAX_FILE_BYTES, bytes + " bytes for 10 MB written and 2.6 MB alive");
    }

    @Test
    void aFullDiskEndsTheStoreAndSaysSo() {
        FailingFile.register();
        EmbeddedStore failing = new EmbeddedStore(
                StateFile.open(FailingFile.SCHEME + ":" + folder.resolve("failing.mv")), new WireCodec());
        WatchedState watched = new WatchedState(failing);
        watched.await(committed(failing.commit(Plan.of(Change.create(setting("a", "1"))))));
        FailingFile.failing = true;
        try {
            CommitResult result = failing.commit(Plan.of(Change.create(setting("b", "1"))));
            assertInstanceOf(CommitResult.Unknown.class, result);
            watched.awaitLost();
            assertInstanceOf(CommitResult.Unknown.class, failing.commit(Plan.of(Change.create(setting("c", "1")))));
        } finally {
            FailingFile.failing = false;
            failing.close();
        }
        try (EmbeddedStore again =
                new EmbeddedStore(StateFile.open(folder.resolve("failing.mv").toString()), new WireCodec())) {
            ClusterState state = again.open(event -> {}).snapshot();
            assertTrue(state.get(key("a")).isPresent());
            assertTrue(state.get(key("c")).isEmpty());
        }
    }

    @Test
    void whatIsAnsweredIsOnTheDiskEvenWhenThePowerFails() throws Exception {
        SyncedFile.register();
        Path file = folder.resolve("synced.mv");
        try (EmbeddedStore synced =
                new EmbeddedStore(StateFile.open(SyncedFile.SCHEME + ":" + file), new WireCodec())) {
            for (int i = 0; i < 30; i++) {
                long revision = committed(synced.commit(Plan.of(
                        Change.put(setting("left", "" + i), Change.ANY),
                        Change.put(setting("right", "" + i), Change.ANY))));
                Path image = SyncedFile.lastSynced(folder.resolve("image-" + i));
                try (EmbeddedStore after = new EmbeddedStore(StateFile.open(image.toString()), new WireCodec())) {
                    ClusterState state = after.open(event -> {}).snapshot();
                    assertEquals(revision, state.revision());
                    assertEquals(
                            setting("right", "" + i), state.get(key("right")).orElseThrow());
                }
            }
        }
    }
}
