package io.staithe.server.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.model.Key;
import io.staithe.core.model.Setting;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Versioned;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WatchAuditTest {
    private static final Key A = new Setting("a", "").key();
    private static final Key B = new Setting("b", "").key();

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private long now;
    private final WatchAudit audit =
            new WatchAudit(ClusterState.of(5, List.of(new Versioned<>(new Setting("a", ""), 3))), PATIENCE);

    @Test
    void whatAgreesIsNotSuspected() {
        assertNothing(Map.of(A, 3L), 5);
        assertNothing(Map.of(A, 3L), 9);
        audit.put(B, 11);
        assertNothing(Map.of(A, 3L, B, 11L), 11);
        audit.delete(A);
        assertNothing(Map.of(B, 11L), 12);
        assertNothing(Map.of(B, 11L), 12);
    }

    @Test
    void whatIsOnItsWayIsNotMissed() {
        assertNothing(Map.of(A, 8L, B, 7L), 8);
        audit.put(B, 7);
        audit.put(A, 8);
        assertNothing(Map.of(), 9);
        audit.delete(A);
        audit.delete(B);
        assertNothing(Map.of(), 9);
    }

    @Test
    void whatWasToldAfterTheListingIsNotMissed() {
        audit.put(B, 20);
        assertNothing(Map.of(A, 3L), 10);
        assertNothing(Map.of(A, 3L), 10);
    }

    @Test
    void aPutThatNeverComesIsMissed() {
        assertNothing(Map.of(A, 3L, B, 7L), 8);
        assertMissed(B, Map.of(A, 3L, B, 7L), 8);
    }

    @Test
    void anUpdateThatNeverComesIsMissed() {
        assertNothing(Map.of(A, 7L), 8);
        audit.put(B, 9);
        assertMissed(A, Map.of(A, 7L, B, 9L), 9);
    }

    @Test
    void aDeletionThatNeverComesIsMissed() {
        assertNothing(Map.of(), 8);
        assertMissed(A, Map.of(), 8);
    }

    @Test
    void whatCameAndWentAgainIsNotMissed() {
        assertNothing(Map.of(A, 3L, B, 7L), 8);
        audit.put(B, 7);
        audit.delete(B);
        assertNothing(Map.of(A, 3L), 9);
    }

    @Test
    void aDeletionThatAnOldListingDoesNotKnowIsNotMissed() {
        audit.put(B, 7);
        audit.delete(B);
        assertNothing(Map.of(A, 3L, B, 7L), 8);
        assertNothing(Map.of(A, 3L), 9);
    }

    @Test
    void nothingIsMissedBeforeItHadItsTime() {
        assertNothing(Map.of(A, 3L, B, 7L), 8);
        now -= 1;
        assertNothing(Map.of(A, 3L, B, 7L), 8);
        assertMissed(B, Map.of(A, 3L, B, 7L), 8);
    }

    /** Each listing is as long after the one before as patience lasts, and a little. */
    private void assertNothing(Map<Key, Long> listed, long revision) {
        assertEquals(Optional.empty(), audit.compare(listed, revision, now));
        now += PATIENCE.toNanos() + 1;
    }

    private void assertMissed(Key key, Map<Key, Long> listed, long revision) {
        assertEquals(Optional.of(key), audit.compare(listed, revision, now));
    }
}
