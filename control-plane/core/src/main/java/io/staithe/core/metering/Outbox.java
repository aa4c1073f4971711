package io.staithe.core.metering;

import io.staithe.core.model.Kind;
import io.staithe.core.model.UsageRecord;
import io.staithe.core.state.ClusterState;
import io.staithe.core.state.Plan;

/** Usage records wait in the store until they are in the history database. */
public final class Outbox {
    /** About 25 MB. Beyond it only sums are kept, one for each cluster and capacity provider: names are lost, never amounts. */
    public static final int MAX_WAITING = 100_000;

    private Outbox() {}

    /** Writes it with the rest of the plan. */
    public static void put(ClusterState state, UsageRecord record, Plan.Builder plan) {
        put(state, record, MAX_WAITING, plan);
    }

    static void put(ClusterState state, UsageRecord record, int maxWaiting, Plan.Builder plan) {
        if (state.count(Kind.USAGE) < maxWaiting) {
            plan.create(record);
            return;
        }
        UsageRecord sum = state.get(UsageRecord.key(record.sumId()), UsageRecord.class)
                .map(known -> known.and(record))
                .orElseGet(record::asSum);
        plan.update(state, sum);
    }
}
