package io.staithe.core.control;

import io.staithe.core.control.Agenda.Work;
import io.staithe.core.model.Entity;
import io.staithe.core.model.Key;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Guard;
import io.staithe.core.state.Plan;
import io.staithe.core.store.CommitResult;
import io.staithe.core.store.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Turns what happens into plans, one in flight at a time. No thread, no I/O, no clock: a shell feeds it a view's snapshot
 * and events, asks {@link #next}, commits, and tells it how that ended. Not thread-safe.
 */
public final class ControlLoop {
    /** Reconciler calls in one {@link #next}: more than any pass needs; a reconciler that never settles cannot hang it. */
    private static final int MAX_STEPS = 5_000;
    /** After a conflict the state that explains it is on its way; wait for it at most this long. */
    private static final Duration CONFLICT_PAUSE = Duration.ofMillis(200);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(60);
    private static final int MAX_FAILURES_KEPT = 100;
    /** Commits whose events have not arrived; beyond this the view is too far behind to plan on. */
    private static final int MAX_UNSEEN = 32;

    /**
     * A reconciler that threw. Its key rests until {@code retryAt}, or, where it could not even tell which keys an object
     * concerns ({@link Instant#MAX}), until something else concerns them; everything else goes on.
     */
    public record Failure(String reconciler, Key key, RuntimeException cause, Instant retryAt) {}

    private final List<Reconciler> reconcilers;
    private final List<Guard> fence;
    private final Agenda agenda = new Agenda();
    private final Map<Work, Integer> failuresInARow = new HashMap<>();
    private final Deque<Failure> failures = new ArrayDeque<>();
    /** What events have told. Absent: a view must be opened first. */
    private @Nullable ClusterState seen;
    /** Committed, and not yet seen as events; in the order of their revisions. */
    private final Deque<Committed> committed = new ArrayDeque<>();

    private @Nullable Plan inFlight;
    /** What was decided together with the plan in flight, and is decided anew if that does not come about. */
    private final Set<Work> inFlightWork = new HashSet<>();

    private @Nullable Instant pausedUntil;

    private record Committed(Plan plan, long revision) {}

    /** @param fence must hold for every plan: that this process still leads */
    public ControlLoop(List<Reconciler> reconcilers, List<Guard> fence) {
        this.reconcilers = List.copyOf(reconcilers);
        this.fence = List.copyOf(fence);
    }

    /** Starts, or starts over, from a snapshot. Whatever was in flight is forgotten: the snapshot shows how it ended. */
    public void open(ClusterState snapshot) {
        seen = snapshot;
        committed.clear();
        inFlight = null;
        inFlightWork.clear();
        pausedUntil = null;
        agenda.clear();
        snapshot.objects().forEach(object -> markConcerned(object.entity(), snapshot));
    }

    /** Whether it waits for {@link #open}: at the start, when events were lost, and when a commit's end is unknown. */
    public boolean needsView() {
        return seen == null;
    }

    public void on(Event event) {
        if (seen == null) return;
        if (event instanceof Event.Changed changed) {
            ClusterState before = seen;
            seen = seen.apply(changed);
            committed.removeIf(done -> done.revision <= changed.revision());
            pausedUntil = null;
            markChanged(before, changed);
        } else {
            seen = null;
        }
    }

    public void on(CommitResult result, Instant now) {
        Plan plan = inFlight;
        if (plan == null) return;
        inFlight = null;
        if (result instanceof CommitResult.Committed done) {
            if (seen != null && seen.revision() < done.revision())
                committed.addLast(new Committed(plan, done.revision()));
        } else if (result instanceof CommitResult.Conflict) {
            inFlightWork.forEach(agenda::markDue);
            pausedUntil = now.plus(CONFLICT_PAUSE);
        } else {
            seen = null;
        }
        inFlightWork.clear();
    }

    /** The next plan to commit; empty while one is in flight, and when there is nothing to do now. */
    public Optional<Plan> next(Instant now) {
        if (seen == null || inFlight != null || committed.size() >= MAX_UNSEEN || isPaused(now))
            return Optional.empty();
        agenda.turn(now);
        if (!agenda.hasDue()) return Optional.empty();
        Batch batch = new Batch(current(), fence);
        fill(batch, now);
        Optional<Plan> plan = batch.plan(now);
        inFlight = plan.orElse(null);
        if (inFlight == null) inFlightWork.clear();
        return plan;
    }

    /** When {@link #next} may have something without an event; empty: never. */
    public Optional<Instant> wakeAt() {
        if (seen == null || inFlight != null || committed.size() >= MAX_UNSEEN) return Optional.empty();
        if (pausedUntil != null) return Optional.of(pausedUntil);
        if (agenda.hasDue()) return Optional.of(Instant.EPOCH);
        return agenda.nextAppointment();
    }

    /** The state that decisions are made on: what events have told, and what was committed since. */
    public ClusterState current() {
        if (seen == null) return ClusterState.EMPTY;
        ClusterState state = seen;
        for (Committed done : committed) state = state.apply(done.plan, done.revision);
        return state;
    }

    /** Takes the failures since the last call, oldest first; at most the last hundred. */
    public List<Failure> failures() {
        List<Failure> taken = new ArrayList<>(failures);
        failures.clear();
        return taken;
    }

    private boolean isPaused(Instant now) {
        if (pausedUntil == null) return false;
        if (now.isBefore(pausedUntil)) return true;
        pausedUntil = null;
        return false;
    }

    private void fill(Batch batch, Instant now) {
        for (int step = 0; step < MAX_STEPS; step++) {
            Work work = agenda.take().orElse(null);
            if (work == null) return;
            Plan plan = reconcile(work, batch.ahead(), now);
            if (plan == null) continue;
            if (!plan.isEmpty() && !batch.hasRoomFor(plan)) {
                if (batch.isEmpty()) {
                    rest(work, new IllegalStateException("plans more than fits a commit"), now);
                    continue;
                }
                agenda.markDue(work);
                return;
            }
            failuresInARow.remove(work);
            agenda.appoint(work, plan.wakeAt());
            // Also what wants nothing: it may want nothing only because of what is planned here.
            inFlightWork.add(work);
            if (plan.isEmpty()) continue;
            ClusterState before = batch.ahead();
            batch.add(plan);
            markPlanned(before, batch.ahead(), plan);
        }
    }

    private @Nullable Plan reconcile(Work work, ClusterState state, Instant now) {
        Reconciler reconciler = reconcilers.get(work.reconciler());
        try {
            return reconciler.reconcile(state, work.key(), now);
        } catch (RuntimeException cause) {
            rest(work, cause, now);
            return null;
        }
    }

    /** Poison fails alone: this key waits, longer each time, and everything else goes on. */
    private void rest(Work work, RuntimeException cause, Instant now) {
        int times = failuresInARow.merge(work, 1, Integer::sum);
        Duration pause = FIRST_RETRY.multipliedBy(1L << Math.min(times - 1, 10));
        Instant retryAt = now.plus(pause.compareTo(LAST_RETRY) < 0 ? pause : LAST_RETRY);
        agenda.appoint(work, retryAt);
        record(new Failure(reconcilers.get(work.reconciler()).name(), work.key(), cause, retryAt));
    }

    private void record(Failure failure) {
        if (failures.size() == MAX_FAILURES_KEPT) failures.removeFirst();
        failures.addLast(failure);
    }

    private void markChanged(ClusterState before, Event.Changed changed) {
        ClusterState after = current();
        for (Event.Update update : changed.updates()) {
            before.get(update.key()).ifPresent(entity -> markConcerned(entity, after));
            if (update.entity() != null) markConcerned(update.entity(), after);
        }
    }

    private void markPlanned(ClusterState before, ClusterState after, Plan plan) {
        for (Change change : plan.changes()) {
            before.get(change.key()).ifPresent(entity -> markConcerned(entity, after));
            after.get(change.key()).ifPresent(entity -> markConcerned(entity, after));
        }
    }

    private void markConcerned(Entity entity, ClusterState state) {
        for (int i = 0; i < reconcilers.size(); i++) {
            int order = i;
            try {
                reconcilers.get(i).concerned(entity, state).forEach(key -> agenda.markDue(new Work(order, key)));
            } catch (RuntimeException cause) {
                // Whom it concerns cannot be told; what it concerns otherwise still gets its turn.
                record(new Failure(reconcilers.get(i).name(), entity.key(), cause, Instant.MAX));
            }
        }
    }
}
