package io.staithe.server.history;

import io.staithe.core.model.Deployment;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.ServiceEvent;
import io.staithe.core.model.Task;
import io.staithe.core.model.TaskReport;
import io.staithe.core.model.UsageRecord;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Event;
import io.staithe.core.store.Store;
import io.staithe.core.store.StoreUnavailable;
import io.staithe.server.state.Follower;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Follows the state and writes history. Events and usage wait in the store (an outbox) until they are in the database, and are
 * then deleted there; stopped tasks and deployments are written as they change, and all again after a restart, which changes
 * nothing. Only the leader's process writes.
 */
public final class HistoryWriter implements Follower {
    private static final int ROWS_IN_A_TRANSACTION = 100;
    /** Stopped tasks and deployments that wait for the database; beyond this the oldest are dropped. */
    private static final int MAX_WAITING = 10_000;
    /** Small commits in quick succession are written together. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    private static final Duration RETENTION_EVERY = Duration.ofMinutes(10);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Logger LOG = Logger.getLogger(HistoryWriter.class);

    private final Rows rows;
    private final Store store;
    private final BooleanSupplier leads;
    private final InstantSource clock;
    private final Keeping keeping;

    private final Map<Key, Object> waiting = new LinkedHashMap<>();
    private ClusterState state = ClusterState.EMPTY;
    private boolean led;
    private boolean migrated;
    private Instant notBefore = Instant.EPOCH;
    private Instant nextRetention = Instant.EPOCH;
    private Duration retry = FIRST_RETRY;
    private final AtomicLong dropped = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();

    public HistoryWriter(Rows rows, Store store, BooleanSupplier leads, InstantSource clock, Keeping keeping) {
        this.rows = rows;
        this.store = store;
        this.leads = leads;
        this.clock = clock;
        this.keeping = keeping;
    }

    /** Rows that were dropped because the database was away for too long. */
    public long dropped() {
        return dropped.get();
    }

    /** How often the database did not answer. */
    public long failures() {
        return failures.get();
    }

    @Override
    public void restart(ClusterState snapshot) {
        state = snapshot;
        waiting.clear();
        snapshot.objects().forEach(object -> note(object.entity()));
    }

    @Override
    public void changed(ClusterState before, Event.Changed event, ClusterState after) {
        state = after;
        for (Event.Update update : event.updates()) if (update.entity() != null) note(update.entity());
    }

    @Override
    public Duration settle() {
        if (!leads.getAsBoolean()) {
            led = false;
            waiting.clear();
            return Duration.ofSeconds(1);
        }
        if (!led) {
            led = true;
            restart(state);
        }
        Instant now = clock.instant();
        if (now.isBefore(notBefore)) return Duration.between(now, notBefore);
        try {
            boolean more = write(now);
            retry = FIRST_RETRY;
            notBefore = more ? now : now.plus(PAUSE);
            return more ? Duration.ZERO : waitsForSomething() ? PAUSE : LONG;
        } catch (RuntimeException e) {
            return failed(e, now);
        }
    }

    private void note(Entity entity) {
        if (entity instanceof Task task && task.stoppedAt() != null) add(task.key(), StoppedTask.of(task, state));
        else if (entity instanceof Deployment deployment)
            add(deployment.key(), RecordedDeployment.of(deployment, state));
        else if (entity instanceof TaskReport report) state.task(report.task()).ifPresent(this::noteAgain);
    }

    /** A last report that comes after the end brings the exit codes. */
    private void noteAgain(Task task) {
        if (task.stoppedAt() != null) add(task.key(), StoppedTask.of(task, state));
    }

    private void add(Key key, Object row) {
        waiting.put(key, row);
        if (waiting.size() <= MAX_WAITING) return;
        Iterator<Key> oldest = waiting.keySet().iterator();
        oldest.next();
        oldest.remove();
        dropped.incrementAndGet();
    }

    private boolean waitsForSomething() {
        return !waiting.isEmpty()
                || state.count(Kind.EVENT) > 0
                || usage().findAny().isPresent();
    }

    /** @return whether there is more to write at once */
    private boolean write(Instant now) {
        if (!migrated) rows.migrate();
        migrated = true;
        boolean moreUsage = move(usage(), RecordedUsage::of);
        boolean moreEvents = move(state.all(Kind.EVENT, ServiceEvent.class), RecordedEvent::of);
        boolean more = writeWaiting() || moreEvents || moreUsage;
        if (!more && !now.isBefore(nextRetention)) {
            more = rows.deleteOld(keeping, now) > 0;
            if (!more) nextRetention = now.plus(RETENTION_EVERY);
        }
        return more;
    }

    /** Sums stay in the store: they change, and what is moved must not. */
    private Stream<UsageRecord> usage() {
        return state.all(Kind.USAGE, UsageRecord.class).filter(record -> !record.isSum());
    }

    /** In this order, so that nothing is lost between the two; a row that is written again is the same. */
    private <E extends Entity> boolean move(Stream<E> outbox, Function<E, Object> toRow) {
        List<E> moved = outbox.limit(ROWS_IN_A_TRANSACTION).toList();
        if (moved.isEmpty()) return false;
        rows.write(moved.stream().map(toRow).toList());
        Plan.Builder deletion = new Plan.Builder();
        moved.forEach(entity -> deletion.add(Change.delete(entity.key(), Change.ANY)));
        CommitResult result = store.commit(deletion.build());
        if (!(result instanceof CommitResult.Committed committed))
            throw new StoreUnavailable("what was moved was not deleted: " + result, null);
        state = state.apply(deletion.build(), committed.revision());
        return moved.size() == ROWS_IN_A_TRANSACTION;
    }

    private boolean writeWaiting() {
        List<Key> keys = waiting.keySet().stream().limit(ROWS_IN_A_TRANSACTION).toList();
        if (keys.isEmpty()) return false;
        List<Object> batch = new ArrayList<>();
        keys.forEach(key -> batch.add(waiting.get(key)));
        rows.write(batch);
        keys.forEach(waiting::remove);
        return !waiting.isEmpty();
    }

    private Duration failed(RuntimeException e, Instant now) {
        failures.incrementAndGet();
        if (retry.equals(FIRST_RETRY)) LOG.warnf("history cannot be written, trying again: %s", e.getMessage());
        Duration pause = retry;
        notBefore = now.plus(pause);
        Duration longer = retry.multipliedBy(2);
        retry = longer.compareTo(LAST_RETRY) < 0 ? longer : LAST_RETRY;
        return pause;
    }
}
