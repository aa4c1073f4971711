package io.staithe.core.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.staithe.core.state.Change;
import io.staithe.core.state.Plan;
import org.junit.jupiter.api.Test;

final class MemoryStoreTest extends StoreContract {
    @Override
    protected Store emptyStore() {
        return new MemoryStore();
    }

    @Override
    protected void expire(Lease lease) {
        ((MemoryStore) store).expire(lease);
    }

    @Test
    void aLostViewSaysSoAndNothingMore() {
        WatchedState lost = new WatchedState(store);
        ((MemoryStore) store).loseViews("compacted");
        committed(Plan.of(Change.create(setting("a", "1"))));
        lost.awaitLost();
        assertEquals(0, lost.state().size());
        assertEquals(1, ((MemoryStore) store).state().size());
    }
}
