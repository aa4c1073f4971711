package io.staithe.core.control;

import io.staithe.core.model.Key;
import io.staithe.core.model.Kind;
import io.staithe.core.model.ServiceEvent;
import io.staithe.core.state.Change;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Guard;
import io.staithe.core.state.Plan;
import io.staithe.core.state.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Several reconcilers' plans on their way to becoming one commit: each is folded into a state that runs ahead of the
 * store, so that the next reconciler builds on it. A key that is written twice keeps the first expected revision and the
 * last content.
 */
final class Batch {
    /** Explanations wait in the store while the history database is away, up to this many; then they are dropped. */
    static final int MAX_STORED_EVENTS = 10_000;

    private final ClusterState base;
    private final List<Guard> fence;
    private final Map<Key, Change> changes = new LinkedHashMap<>();
    private final Map<Key, Guard> guards = new LinkedHashMap<>();
    private final List<Reason> reasons = new ArrayList<>();
    private ClusterState ahead;

    Batch(ClusterState base, List<Guard> fence) {
        this.base = base;
        this.fence = fence;
        this.ahead = base;
    }

    ClusterState ahead() {
        return ahead;
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    boolean hasRoomFor(Plan plan) {
        int reasonsOfBoth = reasons.size() + plan.reasons().size();
        int operations = changes.size()
                + guards.size()
                + plan.changes().size()
                + plan.guards().size();
        return fence.size() + operations + reasonsOfBoth <= Plan.MAX_OPERATIONS;
    }

    void add(Plan plan) {
        // A guard on something that this batch writes is covered by that write's own expected revision.
        for (Guard guard : plan.guards()) if (!changes.containsKey(guard.key())) guards.put(guard.key(), guard);
        for (Change change : plan.changes()) {
            guards.remove(change.key());
            changes.merge(change.key(), change, Batch::combine);
        }
        reasons.addAll(plan.reasons());
        ahead = ahead.apply(plan, ahead.revision() + 1);
    }

    private static Change combine(Change first, Change second) {
        return second instanceof Change.Put put
                ? new Change.Put(put.entity(), first.expectedRevision(), put.leased())
                : Change.delete(second.key(), first.expectedRevision());
    }

    /** The one plan, with each reason as an event beside the writes that it explains. Empty when nothing is left to write. */
    Optional<Plan> plan(Instant now) {
        // Created and deleted within the batch: it never was.
        changes.values()
                .removeIf(change -> change instanceof Change.Delete && change.expectedRevision() == Change.ABSENT);
        if (changes.isEmpty()) return Optional.empty();
        Plan.Builder plan = new Plan.Builder();
        fence.forEach(plan::guard);
        guards.values().forEach(plan::guard);
        changes.values().forEach(plan::add);
        List<Reason> summed = Reason.summed(reasons);
        summed.forEach(plan::because);
        if (base.count(Kind.EVENT) < MAX_STORED_EVENTS) addEvents(plan, summed, now);
        return Optional.of(plan.build());
    }

    private void addEvents(Plan.Builder plan, List<Reason> summed, Instant now) {
        for (int i = 0; i < summed.size(); i++) {
            Reason reason = summed.get(i);
            // Ordered by time; the revision and the index make it unique, and the same when planned again.
            String id = pad(now.toEpochMilli(), 13) + "-" + pad(base.revision(), 15) + "-" + pad(i, 3);
            plan.create(new ServiceEvent(
                    id, now, reason.about().path(), reason.service(), reason.task(), reason.code(), reason.message()));
        }
    }

    private static String pad(long number, int digits) {
        String text = Long.toString(number);
        return "0".repeat(Math.max(0, digits - text.length())) + text;
    }
}
