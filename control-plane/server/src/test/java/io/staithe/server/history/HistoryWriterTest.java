package io.staithe.server.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.staithe.core.model.Kind;
import io.staithe.core.model.UsageAmounts;
import io.staithe.core.model.UsageRecord;
import io.staithe.core.model.UsageRecord.Subject;
import io.staithe.core.state.Change;
import io.staithe.core.state.Plan;
import io.staithe.core.store.Event;
import io.staithe.core.store.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Usage on its way from the store to a database that is sometimes away. */
class HistoryWriterTest {
    private final MemoryStore store = new MemoryStore();
    private final Table table = new Table();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private boolean leads = true;

    @Test
    void usageWaitsForADatabaseThatIsAway() {
        Follower process = new Follower();
        table.away = true;
        for (int number = 0; number < 250; number++) put(record(number));
        process.settle();
        assertEquals(250, waiting());
        table.away = false;
        process.settle();
        assertEquals(0, waiting());
        assertEquals(250, table.rows.size());
    }

    @Test
    void whatWasWrittenAndNotDeletedIsWrittenAgainAsTheSame() {
        put(record(1));
        table.failsAfterWriting = true;
        new Follower().settle();
        assertEquals(1, table.rows.size());
        assertEquals(1, waiting(), "written, and nobody knows");
        table.failsAfterWriting = false;
        RecordedUsage first = table.rows.get(record(1).id());
        Follower next = new Follower();
        next.settle();
        assertEquals(0, waiting());
        assertEquals(1, table.rows.size());
        assertEquals(first.toRecord(), table.rows.get(record(1).id()).toRecord());
    }

    @Test
    void onlyTheLeaderMovesUsage() {
        put(record(1));
        leads = false;
        Follower process = new Follower();
        process.settle();
        assertEquals(1, waiting());
        leads = true;
        process.settle();
        assertEquals(0, waiting());
    }

    @Test
    void sumsStayInTheStore() {
        put(record(1).asSum().and(record(2)));
        Follower process = new Follower();
        process.settle();
        assertEquals(1, waiting());
        assertEquals(Map.of(), table.rows);
    }

    private void put(UsageRecord record) {
        store.commit(Plan.of(Change.put(record, Change.ANY)));
    }

    private long waiting() {
        return store.state().count(Kind.USAGE);
    }

    private UsageRecord record(int number) {
        return new UsageRecord(
                String.format("%032x", number),
                Subject.TASK,
                "default",
                "service:web",
                "FARGATE",
                null,
                null,
                now.minusSeconds(number + 60),
                now,
                now,
                1,
                new UsageAmounts(number + 60, 256, 512, 0, 7));
    }

    /** A writer that follows the store; time passes for it. */
    private final class Follower {
        private final HistoryWriter writer = new HistoryWriter(
                table, store, () -> leads, () -> now, new Keeping(Duration.ofDays(30), 100, Duration.ofDays(400), 100));
        private final List<Event> events = new ArrayList<>();

        Follower() {
            writer.restart(store.open(events::add).snapshot());
        }

        void settle() {
            for (int turn = 0; turn < 20; turn++) {
                for (Event event : List.copyOf(events))
                    if (event instanceof Event.Changed changed) writer.changed(store.state(), changed, store.state());
                events.clear();
                writer.settle();
                now = now.plusSeconds(30);
            }
        }
    }

    /** Has memory, and may be away. */
    private static final class Table extends Rows {
        private final Map<String, RecordedUsage> rows = new LinkedHashMap<>();
        private boolean away;
        private boolean failsAfterWriting;

        @SuppressWarnings("NullAway") // nothing of a database is used
        Table() {
            super(null, null);
        }

        @Override
        public void migrate() {
            if (away) throw new IllegalStateException("away");
        }

        @Override
        void write(List<?> written) {
            assertTrue(written.size() <= 100);
            if (away) throw new IllegalStateException("away");
            written.forEach(row -> rows.put(((RecordedUsage) row).id, (RecordedUsage) row));
            if (failsAfterWriting) throw new IllegalStateException("the answer is lost");
        }

        @Override
        int deleteOld(Keeping keeping, Instant at) {
            return 0;
        }
    }
}
